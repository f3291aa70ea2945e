/// What somebody most likely meant who wrote something else.
package enum Closest {
    /// - Returns: The nearest of `known`, nil where none is near.
    package static func to(_ text: String, in known: [String]) -> String? {
        let asked = text.lowercased()
        let ranked = known.map { (name: $0, distance: distance(asked, $0.lowercased())) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        if best.distance <= max(1, min(asked.count, best.name.count) / 3) { return best.name }
        return known.first { asked.count >= 4 && $0.lowercased().contains(asked) }
    }

    /// How many letters must be added, removed, replaced, or swapped with their neighbour.
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.unicodeScalars.prefix(64)), Array(right.unicodeScalars.prefix(64)))
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var next = [row + 1]
            for column in 0..<right.count {
                var best = min(
                    last[column] + (left[row] == right[column] ? 0 : 1), last[column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, before[column - 1] + 1)
                }
                next.append(best)
            }
            (before, last) = (last, next)
        }
        return last[right.count]
    }
}

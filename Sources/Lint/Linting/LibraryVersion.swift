/// A version as libraries number themselves: numbers between dots, and what a release before the release adds.
struct LibraryVersion: Hashable, Comparable, Sendable {
    private let numbers: [Int]
    /// "beta.1" of "8.0.0-beta.1", "M6" of "10.0.0.M6"; nil for a release.
    private let prerelease: String?

    /// - Parameter text: Such as "8.17.1", "v1.4.0", "10.0.0-M6". Anything behind a "+" is ignored.
    /// - Returns: nil where it does not begin with a number.
    init?(_ text: String) {
        let plain = text.drop { $0 == "v" || $0 == "V" || $0 == "=" }.prefix(80).prefix { $0 != "+" }
        var numbers: [Int] = []
        var rest = plain[...]
        while numbers.count < 8 {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty, let number = Int(digits.prefix(9)) else { break }
            numbers.append(number)
            rest = rest.dropFirst(digits.count)
            guard rest.first == ".", rest.dropFirst().first?.isNumber == true else { break }
            rest = rest.dropFirst()
        }
        guard !numbers.isEmpty else { return nil }
        while numbers.count > 1, numbers.last == 0 { numbers.removeLast() }
        self.numbers = numbers
        let suffix = rest.drop { $0 == "-" || $0 == "." || $0 == "_" }
        prerelease = suffix.isEmpty ? nil : String(suffix)
    }

    static func < (left: LibraryVersion, right: LibraryVersion) -> Bool {
        if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
        switch (left.prerelease, right.prerelease) {
        case (nil, _): return false
        case (_?, nil): return true
        case (let one?, let other?): return parts(of: one).lexicographicallyPrecedes(parts(of: other))
        }
    }

    /// "M10" comes after "M9": text and numbers by turns.
    private static func parts(of text: String) -> [Part] {
        var parts: [Part] = []
        var rest = text.prefix(40)
        while let first = rest.first {
            let isDigit = first.isASCII && first.isNumber
            let run = rest.prefix { ($0.isASCII && $0.isNumber) == isDigit }
            parts.append(isDigit ? .number(Int(run.prefix(9)) ?? 0) : .text(run.lowercased()))
            rest = rest.dropFirst(run.count)
        }
        return parts
    }

    private enum Part: Comparable {
        case number(Int)
        case text(String)
    }
}

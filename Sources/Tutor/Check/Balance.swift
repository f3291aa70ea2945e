/// Whether a right answer can be guessed from its looks: its length, its place.
struct Balance {
    let lines: [String]
    let faults: [String]

    init(_ items: [QuizItem]) {
        var rows: [Row] = []
        rows += Balance.lengths(items, ["single", "predict"], "one right option", isShortest: true)
        rows += Balance.lengths(items, ["multiple-true-false"], "true and false", isShortest: false)
        rows += Balance.lengths(items, ["multiple"], "several right options", isShortest: false)
        rows += Balance.truths(items)
        lines =
            ["| balance | found | by chance | bound |", "|---|---|---|---|"]
            + rows.map { "| \($0.text) | \($0.found) | \($0.chance) | \($0.bound) |" }
        faults = rows.filter(\.isBad).map { "balance, \($0.text): \($0.found), \($0.bound)" }
    }

    private struct Row {
        let text: String
        let found: String
        let chance: String
        let bound: String
        let isBad: Bool
    }

    private static func lengths(_ items: [QuizItem], _ kinds: [String], _ text: String, isShortest: Bool) -> [Row] {
        let all = items.filter { kinds.contains($0.body.kind) }.map(\.body.choices)
        let chance = all.reduce(0) { $0 + Double($1.count(where: \.isRight)) / Double($1.count) }
        let longest = all.reduce(0) { $0 + share(of: $1) { $0.max() ?? 0 } }
        var rows = [
            Row(
                text: "\(text): the longest is right", found: "\(tenth(longest)) of \(all.count)",
                chance: tenth(chance),
                bound: "at most chance", isBad: longest > chance)
        ]
        if isShortest {
            let shortest = all.reduce(0) { $0 + share(of: $1) { $0.min() ?? 0 } }
            rows.append(
                Row(
                    text: "\(text): the shortest is right", found: "\(tenth(shortest)) of \(all.count)",
                    chance: tenth(chance),
                    bound: "at most 1.25 times chance", isBad: shortest > 1.25 * chance))
        }
        return rows
    }

    /// Of the options with that length, the share that is right.
    private static func share(of choices: [QuizChoice], _ length: ([Int]) -> Int) -> Double {
        let wanted = length(choices.map(\.text.count))
        let these = choices.filter { $0.text.count == wanted }
        return Double(these.count(where: \.isRight)) / Double(max(1, these.count))
    }

    private static func truths(_ items: [QuizItem]) -> [Row] {
        let statements = items.filter { $0.body.kind == "multiple-true-false" }.flatMap(\.body.choices)
        let right = statements.filter(\.isRight)
        let share = Double(right.count) / Double(max(1, statements.count))
        let lengths = [right, statements.filter { !$0.isRight }].map { choices in
            Double(choices.reduce(0) { $0 + $1.text.count }) / Double(max(1, choices.count))
        }
        return [
            Row(
                text: "true statements", found: "\(Int((share * 100).rounded())) % of \(statements.count)",
                chance: "50 %",
                bound: "40 to 60 %", isBad: !(0.4...0.6).contains(share)),
            Row(
                text: "mean length, true to false",
                found: "\(Int(lengths[0].rounded())) to \(Int(lengths[1].rounded()))",
                chance: "equal", bound: "within 10 %", isBad: abs(lengths[0] / max(1, lengths[1]) - 1) > 0.1),
        ]
    }

    private static func tenth(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

/// An answer typed in one line.
enum PlainAnswer {
    static func events(_ line: String, _ input: QuizInput) -> Result<[QuizEvent], PlainProblem> {
        switch input {
        case .truths(let rows): truths(line, rows.count)
        case .options(let rows, let isMany): options(line, rows.count, isMany)
        case .number, .hex:
            line.isEmpty
                ? .failure(PlainProblem("Type an answer, or ? for what else there is.")) : .success([.type(line)])
        case .order(let rows): order(line, rows.count)
        case .match(let lefts, let rights, _): match(line, lefts.count, rights.count)
        case .fill(_, let blanks): fill(line, blanks.count)
        case .essay: .success([.type(line)])
        case .ideas(_, _, let rows): ideas(line, rows.count)
        }
    }

    private static func truths(_ line: String, _ count: Int) -> Result<[QuizEvent], PlainProblem> {
        let letters = line.lowercased().filter { !$0.isWhitespace && $0 != "," }
        guard letters.count == count, letters.allSatisfy({ $0 == "t" || $0 == "f" }) else {
            return .failure(
                PlainProblem("Give \(count) letters, t for true or f for false, in the order of the statements."))
        }
        return .success(letters.enumerated().map { .call(row: $0, $1 == "t") })
    }

    private static func options(_ line: String, _ count: Int, _ isMany: Bool) -> Result<[QuizEvent], PlainProblem> {
        guard let rows = letters(line, below: count), !rows.isEmpty, isMany || rows.count == 1 else {
            let last = PlainText.letter(count - 1)
            return .failure(
                PlainProblem(
                    isMany
                        ? "Give the letters of all that are right, from a to \(last)."
                        : "Give one letter from a to \(last)."))
        }
        return .success(rows.map { .choose(row: $0) })
    }

    /// Letters, together or apart, none twice; nil where one is none.
    private static func letters(_ line: String, below count: Int) -> [Int]? {
        let rows = line.filter { !$0.isWhitespace && $0 != "," }.map { PlainText.row(String($0)) }
        let known = rows.compactMap { $0 }.filter { $0 < count }
        return known.count == rows.count && Set(known).count == known.count ? known : nil
    }

    private static func order(_ line: String, _ count: Int) -> Result<[QuizEvent], PlainProblem> {
        guard let rows = letters(line, below: count), rows.count == count else {
            return .failure(PlainProblem("Give all \(count) letters in the right order, such as b a c."))
        }
        return .success([.arrange(rows)])
    }

    private static func match(_ line: String, _ lefts: Int, _ rights: Int) -> Result<[QuizEvent], PlainProblem> {
        let plain = line.filter { !$0.isNumber }
        guard let rows = letters(plain, below: rights), rows.count == lefts else {
            return .failure(PlainProblem("Give one letter for each number from 1 to \(lefts), such as c a b."))
        }
        return .success(rows.enumerated().map { .pair(left: $0, right: $1) })
    }

    private static func fill(_ line: String, _ count: Int) -> Result<[QuizEvent], PlainProblem> {
        let parts = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0).trimmed }
        guard parts.count == count, parts.allSatisfy({ !$0.isEmpty }) else {
            return .failure(
                PlainProblem(
                    count == 1 ? "Type what is missing." : "Type the \(count) gaps in order, with | between them."))
        }
        return .success(parts.enumerated().map { .fill(blank: $0, $1) })
    }

    static func ideas(_ line: String, _ count: Int) -> Result<[QuizEvent], PlainProblem> {
        rows(line, count).map { rows in rows.map { .tick(row: $0) } }
    }

    /// Numbers from 1; a hyphen for none.
    static func rows(_ line: String, _ count: Int) -> Result<[Int], PlainProblem> {
        if line == "-" { return .success([]) }
        let parts = line.split { $0.isWhitespace || $0 == "," }
        let rows = parts.compactMap { Int($0) }.filter { (1...count).contains($0) }
        guard !parts.isEmpty, rows.count == parts.count, Set(rows).count == rows.count else {
            return .failure(PlainProblem("Give numbers from 1 to \(count), or - for none."))
        }
        return .success(rows.map { $0 - 1 })
    }
}

/// Cards in tab-separated text, with or without Anki's header lines: question, answer.
package enum TSVImport {
    package static func read(_ text: String, prefix: String, known: [QuizItem]) -> ImportedQuiz {
        var quiz = ImportedQuiz(prefix: prefix, known: known)
        var layout = Layout()
        for (number, record) in records(text) {
            if record.count == 1, record[0].hasPrefix("#"), layout.read(record[0]) { continue }
            if record.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { continue }
            let fields = layout.fields(record)
            guard fields.count >= 2, !fields[0].isEmpty, !fields[1].isEmpty else {
                quiz.skip(line: number, "a question and an answer, with a tab between, were expected")
                continue
            }
            let answer = fields[1]
            let idea = QuizEssay.Idea(id: "answer", text: answer, keywords: [])
            quiz.add(
                layout.name(record), question: fields[0], body: .free(QuizEssay(ideas: [idea], model: answer)),
                explanation: fields.dropFirst(2).first ?? answer)
        }
        return quiz
    }

    /// What the header lines say.
    private struct Layout {
        private var isHTML = false
        /// From 1: columns that are no fields.
        private var special: Set<Int> = []
        private var guid: Int?

        /// - Returns: Whether it was a header line.
        mutating func read(_ line: String) -> Bool {
            let parts = line.dropFirst().split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return false }
            let value = String(parts[1]).trimmed
            switch parts[0].lowercased() {
            case "separator", "deck", "notetype", "tags", "columns", "if matches": return true
            case "html":
                isHTML = value == "true"
                return true
            case "guid column":
                guid = Int(value)
                special.formUnion(Int(value).map { [$0] } ?? [])
                return true
            case "tags column", "deck column", "notetype column":
                special.formUnion(Int(value).map { [$0] } ?? [])
                return true
            default: return false
            }
        }

        func fields(_ record: [String]) -> [String] {
            record.enumerated().filter { !special.contains($0.offset + 1) }.map { plain($0.element) }
        }

        func name(_ record: [String]) -> String? {
            guard let guid, record.indices.contains(guid - 1) else { return nil }
            return record[guid - 1]
        }

        private func plain(_ text: String) -> String { (isHTML ? HTMLText.plain(text) : text).trimmed }
    }

    /// Records with the line on which each begins. A field in quotes may hold tabs and line breaks.
    static func records(_ text: String) -> [(line: Int, fields: [String])] {
        var records: [(line: Int, fields: [String])] = []
        var (fields, field, isQuoted, line, begin): ([String], String, Bool, Int, Int) = ([], "", false, 1, 1)
        var isStart = true
        var rest = text[...]
        if rest.hasPrefix("\u{feff}") { rest = rest.dropFirst() }
        while let character = rest.popFirst() {
            if isQuoted {
                if character == "\"" {
                    if rest.first == "\"" { field.append(rest.removeFirst()) } else { isQuoted = false }
                } else {
                    if character.isNewline { line += 1 }
                    field.append(character)
                }
            } else if character == "\"", isStart {
                (isQuoted, isStart) = (true, false)
            } else if character == "\t" {
                fields.append(field)
                (field, isStart) = ("", true)
            } else if character.isNewline {
                records.append((begin, fields + [field]))
                line += 1
                (fields, field, isStart, begin) = ([], "", true, line)
            } else {
                field.append(character)
                isStart = false
            }
        }
        if !field.isEmpty || !fields.isEmpty { records.append((begin, fields + [field])) }
        return records
    }
}

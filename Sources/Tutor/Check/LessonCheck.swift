import Wire

/// Everything that can be said against a lesson without running it.
package struct LessonCheck {
    /// What lessons refer to by id.
    package struct Catalogue: Sendable {
        /// The points of the outline with their names, in their order; the ten interview questions at their place.
        package var outline: [(id: String, name: String)]
        package var misconceptions: Set<String>
        package var concepts: Set<String>
        /// Sections that may be cited, by source; none: any.
        package var sources: [String: [String]]

        package init(
            outline: [(id: String, name: String)], misconceptions: Set<String>, concepts: Set<String>,
            sources: [String: [String]]
        ) {
            let questions = (1...10).map { (id: "10.q\($0)", name: "Interview question \($0)") }
            let place = outline.firstIndex { $0.id.hasPrefix("11.") } ?? outline.count
            self.outline = outline[..<place] + questions + outline[place...]
            self.misconceptions = misconceptions
            self.concepts = concepts
            self.sources = sources
        }
    }

    let lesson: Lesson
    /// The lines of the file.
    let lines: [String]
    let catalogue: Catalogue
    private(set) var faults: [LessonFault] = []

    /// - Parameters:
    ///   - text: The whole file.
    ///   - words: Those that are spelt rightly; nil checks no spelling.
    package static func faults(
        _ lesson: Lesson, text: String, catalogue: Catalogue, words: SpellingList?
    ) -> [LessonFault] {
        var check = LessonCheck(
            lesson: lesson, lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
            catalogue: catalogue)
        check.checkIDs()
        for step in lesson.steps { check.check(step) }
        check.checkReferences()
        check.checkPhrases()
        check.checkHex(text)
        check.checkAcceptKeys(text)
        if let words { check.checkSpelling(words) }
        return check.faults.sorted()
    }

    mutating func fault(_ line: Int, _ what: String) {
        faults.append(LessonFault(file: lesson.file, line: line, what))
    }
}

// MARK: - Ids

extension LessonCheck {
    private mutating func checkIDs() {
        var seen: [String: Int] = [:]
        for (id, line) in lesson.ids {
            if !LessonCheck.isID(id) || !id.hasPrefix(lesson.prefix + "-") {
                fault(
                    line, "the id \"\(SafeText.escape(id))\" must begin with \(lesson.prefix)- and hold a-z, 0-9 and -")
            }
            if let first = seen[id] { fault(line, "the id \(id) is taken already, in line \(first)") }
            seen[id] = line
        }
    }

    static func isID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}

extension Lesson {
    /// Every id of the file, with its line.
    package var ids: [(id: String, line: Int)] {
        steps.flatMap { step in
            [(step.id, step.line)] + step.questions.map { ($0.id, $0.line) } + step.labs.map { ($0.id, $0.line) }
        }
    }
}

// MARK: - Steps

extension LessonCheck {
    private static let mostLines = 24

    private mutating func check(_ step: LessonStep) {
        if step.questions.isEmpty, step.labs.isEmpty { fault(step.line, "the step asks nothing and has no lab") }
        if step.title.isEmpty { fault(step.line, "the step has no title") }
        check(step.outline, in: Set(catalogue.outline.map(\.id)), "outline", step.line)
        check(step.misconceptions, in: catalogue.misconceptions, "misconceptions", step.line)
        check(step.concepts, in: catalogue.concepts, "concepts", step.line)
        for proof in step.proofs {
            if let why = LessonProof.fault(proof.value) { fault(proof.line, "the proof fails: \(why)") }
        }
        checkReading(step)
        checkHints(step)
        for question in step.questions { check(question) }
        for lab in step.labs { check(lab, step) }
        for case .bytes(let example) in step.items { check(example) }
    }

    private mutating func check(_ ids: [String], in known: Set<String>, _ what: String, _ line: Int) {
        for id in ids where !known.contains(id) {
            fault(line, "\(what): there is no \"\(SafeText.escape(id))\" in quizzes/catalogue.yaml")
        }
    }

    /// A screen of text, then something to do.
    private mutating func checkReading(_ step: LessonStep) {
        var count = 0
        for item in step.items {
            guard case .text(let block) = item else {
                count = 0
                continue
            }
            count += LessonCheck.lineCount(block)
            if count > LessonCheck.mostLines {
                fault(step.line, "more than \(LessonCheck.mostLines) lines of text in a row; ask something between")
                return
            }
        }
    }

    private static func lineCount(_ block: TextBlock) -> Int {
        switch block {
        case .paragraph(let runs), .heading(_, let runs): TextRun.plain(runs).count / 76 + 2
        case .list(_, let items): items.reduce(1) { $0 + $1.reduce(0) { $0 + lineCount($1) - 1 } }
        case .quote(let blocks): blocks.reduce(0) { $0 + lineCount($1) }
        case .code(_, let text): text.split(separator: "\n", omittingEmptySubsequences: false).count
        case .table(let table): table.rows.count + 3
        case .rule: 1
        }
    }

    private mutating func check(_ question: Question) {
        var named: [String] = question.wrong.compactMap(\.misconception)
        if case .options(let options) = question.kind { named += options.compactMap(\.misconception) }
        if case .statements(let statements) = question.kind { named += statements.compactMap(\.misconception) }
        check(named, in: catalogue.misconceptions, "misconception", question.line)
        if case .recall(let ideas, _) = question.kind, ideas.count < 3 {
            fault(question.line, "a recall has three ideas at least")
        }
    }

    private mutating func check(_ lab: Lab, _ step: LessonStep) {
        check(lab.checks.compactMap(\.misconception), in: catalogue.misconceptions, "misconception", lab.line)
        let questions = Set(step.questions.map(\.id))
        for check in lab.checks {
            for id in check.assertion.questions where !questions.contains(id) {
                fault(check.line, "the question \(SafeText.escape(id)) is none of this step")
            }
        }
        if lab.stage.contains(where: \.isHand), lab.solution.allSatisfy({ $0.trimmed.isEmpty }) {
            fault(lab.line, "the solution types nothing")
        }
    }

    private mutating func check(_ example: BytesExample) {
        let key: MaskingKey? = nil
        if !example.isPiece {
            let made = example.frames.flatMap { $0.bytes(key: key) }
            if made != example.bytes {
                let place = zip(made, example.bytes).enumerated().first { $0.element.0 != $0.element.1 }?.offset
                let where_ = place.map { "from byte \($0) on" } ?? "in their number, \(example.bytes.count)"
                fault(
                    example.line,
                    "the bytes are not those of the frames: they differ \(where_); the codec makes "
                        + made.prefix(40).map(PayloadWords.hex).joined(separator: " "))
            }
        }
        let broken = Set(
            WireJudge.violations(in: example.bytes, from: example.side, isCompressed: example.isCompressed))
        for rule in Set(example.breaks).subtracting(broken) where !example.isPiece {
            fault(example.line, "the bytes do not break \(rule.rawValue)")
        }
        for rule in broken.subtracting(example.breaks) where !example.isPiece {
            fault(example.line, "the bytes break \(rule.rawValue) (\(rule.section)); say so with breaks:")
        }
    }
}

// MARK: - Hints

extension LessonCheck {
    private mutating func checkHints(_ step: LessonStep) {
        guard !step.labs.isEmpty else { return }
        guard step.hints.count == 3 else {
            if step.hints.isEmpty { fault(step.line, "a step with a lab has hints") }
            return
        }
        for longer in step.hints.dropFirst() where longer.count <= step.hints[0].count {
            fault(step.line, "hints grow: \"\(longer.prefix(40))\" is not longer than the first one")
        }
        let answers = step.labs.flatMap(\.tellTales)
        let first = step.hints[0].lowercased()
        for answer in answers where first.contains(answer.lowercased()) {
            fault(step.line, "the first hint gives the answer away: \"\(SafeText.escape(answer))\"")
        }
        let last = step.hints[2].lowercased()
        let words = step.labs.flatMap(\.tellTaleWords)
        if !words.isEmpty, !words.contains(where: last.contains) {
            fault(step.line, "the last hint holds no line of the solution; it is the worked step")
        }
    }
}

extension Lab {
    /// Words of the solution that the start state does not hold.
    fileprivate var tellTaleWords: [String] {
        let offered = Set(draft.flatMap { $0.lowercased().split(separator: " ") })
        let acts = solution.filter { !$0.hasPrefix("/await") && !$0.hasPrefix("/wait") }
        return acts.flatMap { $0.lowercased().split(separator: " ") }
            .filter { $0.count >= 2 && !offered.contains($0) }.map(String.init)
    }

    /// Lines of the solution that the start state does not hold: who reads one knows what to do.
    fileprivate var tellTales: [String] {
        solution.map(\.trimmed).filter {
            $0.count >= 3 && !draft.map(\.trimmed).contains($0) && !$0.hasPrefix("/await")
        }
    }
}

// MARK: - Words

extension LessonCheck {
    /// Phrases that a lesson does without.
    private static let phrases = [
        "simply", "obviously", "of course", "as everyone knows", "just do", "always use websockets", "trivial",
    ]

    private mutating func checkPhrases() {
        for (index, line) in lines.enumerated() {
            let lower = line.lowercased()
            for phrase in LessonCheck.phrases where LessonCheck.holds(lower, phrase) {
                fault(index + 1, "\"\(phrase)\" helps nobody who finds it hard; say it without")
            }
        }
    }

    private static func holds(_ line: String, _ phrase: String) -> Bool {
        guard let place = line.firstRange(of: phrase) else { return false }
        let isStart = place.lowerBound == line.startIndex || !line[line.index(before: place.lowerBound)].isLetter
        let isEnd = place.upperBound == line.endIndex || !line[place.upperBound].isLetter
        return isStart && isEnd
    }

    private mutating func checkReferences() {
        for (index, line) in lines.enumerated() {
            // A source may stand at the end of the line before.
            let before = index > 0 ? lines[index - 1].split(separator: " ").suffix(2).joined(separator: " ") : ""
            let text = before.contains("§") ? line : before + " " + line
            for (source, section) in ReferenceCheck.cited(in: text) where !section.isEmpty {
                if let why = ReferenceCheck.fault(source, section, catalogue.sources) { fault(index + 1, why) }
            }
        }
        for step in lesson.steps {
            let texts = step.references + step.labs.flatMap { $0.checks.map(\.reference) }
            for text in texts where !text.contains("§") {
                let source = text.split(separator: ",").first.map { String($0).trimmed } ?? text
                if catalogue.sources[source] == nil, source != "RFC 6455", !source.hasPrefix("RFC ") {
                    fault(
                        step.line, "\"\(SafeText.escape(text))\" is no source: RFC 6455 §5.3, or one of the catalogue")
                }
            }
        }
    }

    private mutating func checkSpelling(_ words: SpellingList) {
        for (index, line) in proseLines() {
            for word in SpellingList.words(in: line) where !words.knows(word) {
                fault(index, "\"\(word)\" is not in Lessons/words.txt; if it is right, add it there")
            }
        }
    }

    /// Lines for people: no code, no YAML keys.
    private func proseLines() -> [(line: Int, text: String)] {
        var fence: String?
        return lines.enumerated().compactMap { index, line in
            let trimmed = line.trimmed
            if trimmed.hasPrefix("```") {
                fence = fence == nil ? String(trimmed.dropFirst(3)) : nil
                return nil
            }
            switch fence {
            case nil, "hints": return (index + 1, line)
            case "predict", "question", "recall", "step", "lab":
                let key = trimmed.prefix { $0 != ":" }.replacing("- ", with: "")
                let prose = ["ask", "text", "why", "explain", "task", "title", "learned", "model"]
                guard prose.contains(String(key)), let colon = trimmed.firstIndex(of: ":") else { return nil }
                return (index + 1, String(trimmed[trimmed.index(after: colon)...]))
            default: return nil
            }
        }
    }
}

// MARK: - Bytes in the text

extension LessonCheck {
    /// Four and more bytes in the text are proved somewhere: in a bytes block, a lab, or a proof.
    private mutating func checkHex(_ text: String) {
        let proved = lesson.provedBytes
        for step in lesson.steps {
            for case .text(let block) in step.items {
                for run in block.runs {
                    for bytes in LessonCheck.hexRuns(in: run.text) where !LessonCheck.isPart(bytes, of: proved) {
                        let shown = bytes.map(PayloadWords.hex).joined(separator: " ")
                        fault(
                            line(of: shown) ?? step.line,
                            "the bytes \(shown) stand in no bytes block, lab or proof, so nobody has checked them")
                    }
                }
            }
        }
    }

    private func line(of text: String) -> Int? { lines.firstIndex { $0.contains(text) }.map { $0 + 1 } }

    static func hexRuns(in text: String) -> [[UInt8]] {
        var runs: [[UInt8]] = []
        var run: [UInt8] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            let bare = word.filter { !".,;:()".contains($0) }
            if bare.count == 2, let byte = UInt8(bare, radix: 16), bare.lowercased() == bare {
                run.append(byte)
                if word.last.map({ ".,;:)".contains($0) }) == true {
                    runs.append(run)
                    run = []
                }
            } else {
                runs.append(run)
                run = []
            }
        }
        runs.append(run)
        // Four figures of two digits in a row may be figures; with a letter among them they are bytes.
        return runs.filter { $0.count >= 4 }
    }

    private static func isPart(_ bytes: [UInt8], of proved: [[UInt8]]) -> Bool {
        proved.contains { whole in
            whole.count >= bytes.count
                && (0...(whole.count - bytes.count)).contains { whole[$0..<($0 + bytes.count)].elementsEqual(bytes) }
        }
    }

    /// An accept key in the text comes from a key in the text.
    private mutating func checkAcceptKeys(_ text: String) {
        let tokens = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || "+/=".contains($0))) }.map(String.init)
        let keys = Set(tokens.filter { $0.count == 24 && $0.hasSuffix("==") })
        let known = Set(keys.map { AcceptKey.accept(for: $0) })
        for token in Set(tokens) where token.count == 28 && token.hasSuffix("=") && !token.hasSuffix("==") {
            guard !known.contains(token), !isMeantToBeWrong(token) else { continue }
            fault(line(of: token) ?? 1, "\(token) is not the accept key of any key in this file")
        }
    }

    /// A wrong accept key is what a scripted server answers, or a proof says otherwise of.
    private func isMeantToBeWrong(_ token: String) -> Bool {
        lesson.labs.contains { lab in
            lab.stage.contains { actor in
                if case .scriptedServer(_, _, let switches) = actor.kind {
                    switches.contains { $0.value == token }
                } else {
                    false
                }
            }
        }
            || lesson.steps.contains { step in
                step.questions.contains { question in question.wrong.contains { $0.answer == token } }
            }
    }
}

extension Lesson {
    /// Everything that the codec looks at.
    fileprivate var provedBytes: [[UInt8]] {
        var proved: [[UInt8]] = []
        for step in steps {
            for case .bytes(let example) in step.items { proved.append(example.bytes) }
            for proof in step.proofs {
                let parts = proof.value.split { $0 == "=" || $0 == "|" } + proof.value.split(separator: " ")
                proved += parts.compactMap { try? HexBytes.parse(String($0).trimmed) }
                proved += LessonCheck.hexRuns(in: proof.value)
            }
            for lab in step.labs {
                for line in lab.solution + lab.draft { proved += LessonCheck.hexRuns(in: line) }
            }
        }
        return proved
    }
}

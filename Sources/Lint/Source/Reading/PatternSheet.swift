import Yams

/// The patterns of one language, and what a match of each means.
struct PatternSheet: Sendable {
    struct Pattern: Sendable {
        enum Meaning: Sendable {
            /// Something to reason with.
            case fact(String)
            /// Something wrong, unless one of these facts is in the same program.
            case fault(RuleCode, unless: [String])
        }

        let id: String
        let meaning: Meaning
        let severity: Severity?
        let confidence: Confidence?
        /// Whether it says something without the import of a WebSocket library beside it.
        let isAnywhere: Bool
    }

    /// As the engine takes it.
    let text: String
    let patterns: [String: Pattern]

    init(_ text: String) throws {
        self.text = text
        var patterns: [String: Pattern] = [:]
        for document in try Yams.load_all(yaml: text) {
            let pattern = try Pattern(document)
            patterns[pattern.id] = pattern
        }
        self.patterns = patterns
    }

    /// What is wrong with one of our own sheets; a test reads them all.
    struct Malformed: Error { let what: String }

    /// The same patterns for another dialect of the language.
    func text(for language: SourceLanguage) -> String {
        switch language {
        case .javascript, .python, .go, .swift, .nginx: text
        case .typescript, .tsx:
            text.replacing("\nlanguage: javascript\n", with: "\nlanguage: \(language.rawValue)\n")
                // The one kind of node that the grammars name differently.
                .replacing("{kind: field_definition}", with: "{kind: public_field_definition}")
        }
    }

    static func sheet(for language: SourceLanguage) -> PatternSheet? {
        switch language {
        case .javascript, .typescript, .tsx: javaScript
        case .python: python
        case .go: go
        case .swift: swift
        case .nginx: nil
        }
    }

    static func make(_ text: String) -> PatternSheet {
        do {
            return try PatternSheet(text)
        } catch {
            preconditionFailure("a sheet of patterns in the program itself: \(error)")
        }
    }
}

extension PatternSheet.Pattern {
    fileprivate init(_ document: Any?) throws {
        guard let entry = document as? [String: Any], let id = entry["id"] as? String,
            let metadata = entry["metadata"] as? [String: Any]
        else { throw PatternSheet.Malformed(what: "no id or no metadata: \(document ?? "")") }
        self.id = id
        if let fact = metadata["fact"] as? String {
            meaning = .fact(fact)
        } else if let rule = metadata["rule"] as? String {
            meaning = .fault(RuleCode(rawValue: rule), unless: metadata["unless"] as? [String] ?? [])
        } else {
            throw PatternSheet.Malformed(what: "\(id) is neither fact nor fault")
        }
        severity = (metadata["severity"] as? String).flatMap(Severity.init)
        confidence = (metadata["confidence"] as? String).flatMap(Confidence.init)
        isAnywhere = metadata["anywhere"] as? Bool ?? false
    }
}

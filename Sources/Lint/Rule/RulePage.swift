/// All that is known about a rule: what `ws101 explain` shows, what a report refers to, what its tests run.
///
/// A class, for one is handed on with every event that a rule sees.
package final class RulePage: Sendable {
    package let code: RuleCode
    /// Its long name, in kebab case: "no-heartbeat".
    package let slug: String
    /// Unless the evidence speaks for another.
    package let severity: Severity
    /// Unless the evidence speaks for another.
    package let confidence: Confidence
    package let ways: Set<Way>
    /// A rule for purists is off unless it is selected by name or with `--pedantic`.
    package let isPedantic: Bool
    /// Sections of standards, and entries of OWASP, CWE and CVE.
    package let references: [Reference]
    /// The lesson that teaches it, 1 to 12.
    package let lesson: Int
    /// What it says, in a sentence.
    package let says: String
    /// What happens to those who do not listen.
    package let why: String
    /// How the evidence is judged, with the thresholds by name.
    package let evidence: String
    /// What to do, in a sentence.
    package let fix: String
    /// How that reads for a library, where it differs.
    package let snippets: [Snippet]
    /// When a finding is none.
    package let exceptions: String
    package let thresholds: [Threshold]
    package let examples: [Example]

    package init(
        _ code: RuleCode, _ slug: String, _ severity: Severity, _ confidence: Confidence, _ ways: Set<Way>,
        isPedantic: Bool = false, references: [Reference], lesson: Int, says: String, why: String, evidence: String,
        fix: String, snippets: [Snippet] = [], exceptions: String = "", thresholds: [Threshold] = [],
        examples: [Example]
    ) {
        self.code = code
        self.slug = slug
        self.severity = severity
        self.confidence = confidence
        self.ways = ways
        self.isPedantic = isPedantic
        self.references = references
        self.lesson = lesson
        self.says = says
        self.why = why
        self.evidence = evidence
        self.fix = fix
        self.snippets = snippets
        self.exceptions = exceptions
        self.thresholds = thresholds
        self.examples = examples
    }
}

/// Where a rule comes from.
package struct Reference: Hashable, Sendable, ExpressibleByStringLiteral {
    /// Such as "RFC 6455 §5.5.2", "CWE-770" or "OWASP WebSocket Security Cheat Sheet".
    package let text: String

    package init(stringLiteral value: String) { text = value }

    /// Its page on the web, where it is of a series that has one.
    package var url: String? {
        if text.hasPrefix("RFC ") {
            let words = text.dropFirst(4).split(separator: " ")
            guard let number = words.first.flatMap({ Int($0) }) else { return nil }
            let section =
                words.dropFirst().first.flatMap { $0.hasPrefix("§") ? "#section-\($0.dropFirst())" : nil } ?? ""
            return "https://www.rfc-editor.org/rfc/rfc\(number)" + section
        }
        if text.hasPrefix("CWE-"), let number = Int(text.dropFirst(4)) {
            return "https://cwe.mitre.org/data/definitions/\(number).html"
        }
        if text.hasPrefix("CVE-") { return "https://nvd.nist.gov/vuln/detail/\(text)" }
        if text.hasPrefix("OWASP WebSocket") {
            return "https://cheatsheetseries.owasp.org/cheatsheets/WebSocket_Security_Cheat_Sheet.html"
        }
        return nil
    }
}

/// How a fix reads for one library or program.
package struct Snippet: Hashable, Sendable {
    package enum Library: String, Hashable, Sendable, CaseIterable {
        case ws, websockets, gorilla, nio = "SwiftNIO", browser, nginx

        package var title: String {
            switch self {
            case .ws: "Node.js, ws"
            case .websockets: "Python, websockets"
            case .gorilla: "Go, gorilla/websocket"
            case .nio: "Swift, SwiftNIO"
            case .browser: "Browser, JavaScript"
            case .nginx: "nginx"
            }
        }
    }

    package let library: Library
    package let code: String

    package init(_ library: Library, _ code: String) {
        self.library = library
        self.code = code
    }
}

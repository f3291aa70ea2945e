import Wire

/// What was sent and what came back, a line each, for whoever reads a finding. Bounded; safe text; no secrets: of a
/// request it has only what a step changed.
package struct Transcript: Hashable, Sendable {
    package private(set) var lines: [String] = []
    private var dropped = 0

    private static let limit = 24

    mutating func sent(_ what: String) { add("> " + what) }
    mutating func received(_ what: String) { add("< " + what) }
    mutating func note(_ what: String) { add("  " + what) }

    private mutating func add(_ line: String) {
        guard lines.count >= Transcript.limit else { return lines.append(line) }
        dropped += 1
        lines[Transcript.limit - 1] = "  … and \(dropped + 1) more lines"
    }

    /// A peer's text in quotation marks, made safe and cut.
    static func quote(_ text: String) -> String { "\"\(cut(text))\"" }

    /// A peer's text, made safe and cut.
    static func cut(_ text: String, to count: Int = 120) -> String {
        let safe = SafeText.escape(String(text.prefix(count + 1)))
        return safe.count > count ? safe.prefix(count) + "…" : safe
    }
}

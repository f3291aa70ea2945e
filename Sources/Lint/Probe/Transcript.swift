import Wire

/// What was sent and what came back, a line each, for whoever reads a finding. Bounded; safe text; no secrets: of a
/// request it has only what a step changed.
package struct Transcript: Hashable, Sendable {
    private var first: [String] = []
    private var last: [String] = []
    private var dropped = 0

    /// Of the first and of the last lines each so many are kept.
    private static let limit = 12

    package var lines: [String] {
        let gap = dropped > 0 ? ["  … \(Words.count(dropped, "more line"))"] : []
        return first + gap + last
    }

    mutating func sent(_ what: String) { add("> " + what) }
    mutating func received(_ what: String) { add("< " + what) }
    mutating func note(_ what: String) { add("  " + what) }

    private mutating func add(_ line: String) {
        guard first.count == Transcript.limit else { return first.append(line) }
        last.append(line)
        guard last.count > Transcript.limit else { return }
        last.removeFirst()
        dropped += 1
    }

    /// A peer's text in quotation marks, made safe and cut.
    static func quote(_ text: String) -> String { "\"\(cut(text))\"" }

    /// A peer's text, made safe and cut.
    static func cut(_ text: String, to count: Int = 80) -> String {
        let safe = SafeText.escape(String(text.prefix(count + 1)))
        return safe.count > count ? safe.prefix(count) + "…" : safe
    }
}

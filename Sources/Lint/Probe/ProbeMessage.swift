/// The text messages of the probe: those that a good client of this server sends where the user tells one, else small
/// JSON objects, so that they resemble what most servers are sent.
struct ProbeMessage {
    /// Stands for text of any length in a user's message.
    static let fill = "{fill}"

    private static let own = #"{"type":"ws101-probe"}"#
    private static let ownNumbered = #"{"type":"ws101-probe","n":{n}}"#
    private static let ownLong = #"{"type":"ws101-probe","text":"{fill}"}"#

    /// What the user told; it is never shown, for it may hold a secret.
    private let template: String?

    init(_ template: String?) { self.template = template }

    /// The shortest, once.
    var hello: [UInt8] { ProbeMessage.filled(template ?? ProbeMessage.own, with: "ws101") }

    /// What a transcript calls such a message.
    var words: String { template == nil ? "text: \(ProbeMessage.own)" : "text: the message of a good client" }

    /// One of many; a user's message is the same each time.
    func numbered(_ number: Int) -> [UInt8] {
        guard template == nil else { return hello }
        return Array(ProbeMessage.ownNumbered.replacing("{n}", with: String(number)).utf8)
    }

    /// A message of exactly so many bytes, if it has not more by itself; the probe's own where the user's cannot be
    /// filled up.
    func long(_ count: Int) -> [UInt8] {
        let text = template.flatMap { $0.contains(ProbeMessage.fill) ? $0 : nil } ?? ProbeMessage.ownLong
        let rest = text.utf8.count - ProbeMessage.fill.utf8.count
        return ProbeMessage.filled(text, with: String(repeating: "a", count: max(count - rest, 0)))
    }

    private static func filled(_ text: String, with filling: String) -> [UInt8] {
        guard let place = text.firstRange(of: fill) else { return Array(text.utf8) }
        return Array((text[..<place.lowerBound] + filling + text[place.upperBound...]).utf8)
    }
}

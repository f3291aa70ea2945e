package import Connection

/// A rule: its page, and nothing else where it is judged by the probe or in source code only.
package protocol LintRule: Sendable {
    static var page: RulePage { get }
}

/// A rule that is judged connection by connection, on recorded or live traffic. One value judges one connection: made
/// when its opening handshake, or its first frame, comes, and gone with it.
package protocol ConnectionRule: LintRule {
    /// Only these events are shown to it.
    static var watches: EventKinds { get }

    init(_ settings: RuleSettings)

    /// - Parameters:
    ///   - payload: As for `EventSink.receive`.
    ///   - connection: What is known of the connection, `event` included.
    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report)

    /// Time passed without an event; called now and then while traffic is live, if `watches` has `.time`.
    mutating func pass(to now: Timestamp, on connection: LintedConnection, _ report: inout Report)

    /// The connection is over, or the recording is, and what this rule looks at is complete: the last chance to report
    /// what only the whole shows, and to say whether there was evidence at all. Ignored where something was reported.
    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict
}

extension ConnectionRule {
    package mutating func pass(to now: Timestamp, on connection: LintedConnection, _ report: inout Report) {}
}

/// A rule about several connections together: one value sees the events of all. It must bound what it remembers.
package protocol RecordingRule: LintRule {
    static var watches: EventKinds { get }

    /// - Parameter settings: The settings for an endpoint, by its path.
    init(_ settings: @escaping @Sendable (_ path: String) -> RuleSettings)

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report)

    /// As for a `ConnectionRule`.
    mutating func pass(to now: Timestamp, _ report: inout Report)

    mutating func conclude(_ report: inout Report) -> Verdict
}

extension RecordingRule {
    package mutating func pass(to now: Timestamp, _ report: inout Report) {}
}

/// What a rule says where it found nothing.
package enum Verdict: Hashable, Sendable {
    /// There was evidence, and nothing is wrong.
    case pass
    /// There was not enough evidence: why, in a few words.
    case notApplicable(String)
}

/// Which events a rule is shown.
package struct EventKinds: OptionSet, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let opened = EventKinds(rawValue: 1)
    /// Heads of opening handshakes and their answers.
    package static let head = EventKinds(rawValue: 2)
    package static let established = EventKinds(rawValue: 4)
    package static let frame = EventKinds(rawValue: 8)
    package static let message = EventKinds(rawValue: 16)
    package static let undecoded = EventKinds(rawValue: 32)
    package static let hole = EventKinds(rawValue: 64)
    package static let fin = EventKinds(rawValue: 128)
    package static let reset = EventKinds(rawValue: 256)
    package static let closing = EventKinds(rawValue: 512)
    /// The last event of every connection; `conclude` follows.
    package static let closed = EventKinds(rawValue: 1024)
    /// No event: `pass(to:)`.
    package static let time = EventKinds(rawValue: 2048)
    /// Frames with violations only.
    package static let violation = EventKinds(rawValue: 4096)
}

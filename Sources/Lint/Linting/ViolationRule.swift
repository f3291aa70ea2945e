import Connection
package import Wire

/// A rule about violations that the observer has seen: it only says which are its own, and what there must have been
/// to judge.
package protocol ViolationRule: ConnectionRule {
    /// Every violation has one rule; a test proves it.
    static var owned: Set<Violation.Rule> { get }
    /// Whose frames it judges.
    static var sides: [Side] { get }
    /// Of these a side must have sent one, so that there was something to break; empty: any frame.
    static var judged: Set<Opcode> { get }
    /// What is missing where there is none of them: "no control frames".
    static var nothingJudged: String { get }
    /// Whether what that side sent gave it something to break.
    static func isJudged(_ side: Side, of connection: LintedConnection) -> Bool

    init()
}

extension ViolationRule {
    static var watches: EventKinds { .violation }
    static var sides: [Side] { Side.allCases }
    static var judged: Set<Opcode> { [] }
    static var nothingJudged: String { "no frames" }

    static func isJudged(_ side: Side, of connection: LintedConnection) -> Bool {
        judged.isEmpty ? connection.frames[side] > 0 : connection.hasSent(judged, from: side)
    }

    init(_ settings: RuleSettings) { self.init() }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .frame(let frame) = event.kind, let fault = connection.fault(of: frame),
            Self.owned.contains(fault.rule)
        else { return }
        report.add(
            ViolationWords.message(fault, of: frame), at: connection.place(of: frame, bits: fault.bits),
            subject: "\(frame.side) \(fault.rule.rawValue)")
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if connection.isMidstream { return .midstream }
        let complete = Self.sides.filter { !connection.isIncomplete[$0] }
        if complete.isEmpty { return .incomplete }
        if connection.areExtensionsUnclear, Self.owned.allSatisfy(\.isOpenToExtensions) {
            return .unknownExtension
        }
        let isJudged = complete.contains { Self.isJudged($0, of: connection) }
        return isJudged ? .pass : .notApplicable(Self.nothingJudged)
    }
}

/// What is said of a faulty frame.
private enum ViolationWords {
    static func message(_ fault: Violation, of frame: Event.Frame) -> String {
        let others = frame.violations.filter { $0 != fault && !$0.rule.isLimit }.map { "; also \($0)" }
        let text = "\(frame.side)'s frame \(frame.number), \(frame.header.opcode): \(fault)" + others.joined()
        return text.count <= 200 ? text : text.prefix(199) + "…"
    }
}

import Connection
import Wire

/// A Close says another reason than the one there was.
struct WrongCloseCode: ConnectionRule {
    static let page = RulePage(
        "C04", "wrong-close-code", .warning, .medium, [.wire, .probe],
        references: ["RFC 6455 §7.4.1", "RFC 6455 §7.1.7"], lesson: 3,
        says: "A side closes because something is wrong, with a code that says that nothing is, or that it is itself.",
        why: """
            Clients decide by the code whether to come back: after 1000 they do not, after 1011 or 1006 at once, after \
            1008 not without new credentials. With the wrong one they give up on a server that is well, or run into \
            the same fault for ever; and a count of codes shows no error where there are many.
            """,
        evidence: """
            A first Close without an apt code: the next frame after a fault in the other side's frames, within \
            `soon`; or its reason names a fault in the words of `ws101`'s list, such as "too large", "unauthorized" \
            or "internal error". 1000, 1001 and none tell no fault, 1011 tells one's own. The probe judges the \
            answers to its own faults in the same way.
            """,
        fix: """
            1002 for a broken protocol, 1007 for text that is none, 1008 for what is not allowed, 1009 for too much, \
            1011 for a fault of the server, or codes of your own from 4000 on.
            """,
        snippets: [
            Snippet(.ws, #"if (!authorized) ws.close(1008, "unauthorized");"#),
            Snippet(
                .websockets, #"await websocket.close(1008, "unauthorized")  # leaving the handler closes with 1000"#),
            Snippet(
                .gorilla,
                #"websocket.FormatCloseMessage(websocket.ClosePolicyViolation, "unauthorized")"#),
        ],
        exceptions: """
            Any code of 1002, 1003, 1007, 1008, 1009 and from 3000 on is taken for apt: which of them fits best is a \
            matter of taste.
            """,
        thresholds: [Threshold("soon", .duration(1), "how soon after a fault a Close is taken for its consequence")],
        examples: [
            .violates("1000 for what is too large") { scene in
                scene.open()
                scene.text(.client, "hi")
                scene.close(.server, 1000, "message too large")
                scene.close(.client, 1000)
                scene.fin(.server)
                scene.fin(.client)
            },
            .violates("1011 for a client that is not authorized") { scene in
                scene.open()
                scene.close(.server, 1011, "Unauthorized")
                scene.close(.client, 1011)
                scene.fin(.server)
                scene.fin(.client)
            },
            .complies("1009") { scene in
                scene.open()
                scene.text(.client, "hi")
                scene.close(.server, 1009, "message too large")
                scene.close(.client, 1009)
                scene.fin(.server)
                scene.fin(.client)
            },
            .tooLittle("a Close that blames nobody") { scene in
                scene.open()
                scene.end()
            },
        ])

    static let watches: EventKinds = [.violation, .closing]

    private struct Fault {
        let rule: Violation.Rule
        let frame: UInt64
        let time: Timestamp
        /// How many frames the other side had sent.
        let answers: UInt64
    }

    private let soon: Int64
    private var fault = BothSides<Fault?>(nil)
    private var hasSeenClose = false
    private var hasJudged = false

    init(_ settings: RuleSettings) { soon = settings.duration("soon") }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        switch event.kind {
        case .frame(let frame):
            guard fault[frame.side] == nil, let violation = connection.fault(of: frame) else { return }
            fault[frame.side] = Fault(
                rule: violation.rule, frame: frame.number, time: event.time,
                answers: connection.frames[frame.side.peer])
        case .closing(let closure):
            guard !hasSeenClose, let side = closure.first, let close = closure.wire[side] else { return }
            hasSeenClose = true
            judge(close, of: side, on: connection, &report)
        case .opened, .head, .established, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closed: break
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if hasJudged { return .pass }
        if connection.isMidstream { return .midstream }
        return .notApplicable(hasSeenClose ? "a Close that blames nobody" : "no Close")
    }

    /// - Parameter close: The first of the connection.
    private mutating func judge(
        _ close: Closure.CloseFrame, of side: Side, on connection: LintedConnection, _ report: inout Report
    ) {
        let code = close.payload.closeCode
        let words = code == .noStatusReceived ? "a Close without a code" : "\(code)"
        let place = connection.place(side: side, frame: close.frame, from: close.time, until: close.time)
        if let fault = fault[side.peer], close.time.since(fault.time) <= soon,
            connection.frames[side] == fault.answers + 1
        {
            hasJudged = true
            guard !code.blames(side.peer) else { return }
            report.add(
                "\(words) of the \(side) right after the \(side.peer)'s frame \(fault.frame): \(fault.rule.explanation), "
                    + "for which there is \(fault.rule.statusCode)",
                at: place, subject: "\(side) fault")
        } else if !connection.isIncomplete[side], let reason = BlamingReason(close.payload.reason) {
            hasJudged = true
            guard reason.isOfPeer ? !code.blames(side.peer) : !code.blamesAnybody else { return }
            let text = SafeText.escape(String(close.payload.reason.prefix(60)))
            report.add(
                "\(words) of the \(side) with the reason \"\(text)\", for which there is \(reason.code)", at: place,
                subject: "\(side) reason")
        }
    }
}

extension StatusCode {
    /// It tells the peer that something is wrong with what it sent; or it is none that is defined for the wire, which
    /// another rule tells.
    fileprivate func blames(_ peer: Side) -> Bool {
        switch self {
        case .normalClosure, .goingAway, .noStatusReceived, .internalError, .serviceRestart, .tryAgainLater,
            .badGateway:
            false
        case .mandatoryExtension: peer == .server
        default: true
        }
    }

    fileprivate var blamesAnybody: Bool { blames(.server) || self == .internalError || isOfServer }

    private var isOfServer: Bool { self == .serviceRestart || self == .tryAgainLater || self == .badGateway }
}

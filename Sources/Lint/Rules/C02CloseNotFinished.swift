import Connection
import Wire

/// A closing handshake stops half-way.
struct CloseNotFinished: ConnectionRule {
    static let page = RulePage(
        "C02", "close-not-finished", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §5.5.1", "RFC 6455 §7.1.1"], lesson: 3,
        says: "A Close is not answered, its sender does not wait for the answer, or TCP stays open behind both.",
        why: """
            The answer tells that everything before it was read; without it, what was under way may be lost. An \
            endpoint that never answers keeps the other one in a timeout, ten seconds or more, with all that belongs \
            to the connection, and a server whose client ends TCP first holds the port in TIME_WAIT.
            """,
        evidence: """
            No Close of the other side within `answer`, or it ends TCP instead: an error. A warning where the first \
            side ends TCP without waiting, unless its code says that it fails the connection, and where the server \
            keeps TCP for more than `hold` after both. A note where the client ends TCP before the server. The probe \
            closes and waits in the same way.
            """,
        fix: """
            Answer a Close with a Close at once; then the server ends TCP, and the client waits for that, a few \
            seconds at most.
            """,
        snippets: [
            Snippet(
                .gorilla,
                """
                // The answer is sent by ReadMessage and NextReader: read until they return an error, then
                conn.Close()
                """),
            Snippet(
                .nio,
                """
                case .connectionClose:
                    let answer = WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData)
                    context.writeAndFlush(wrapOutboundOut(answer)).whenComplete { _ in channel.close(promise: nil) }
                """),
            Snippet(.websockets, "serve(handler, host, port, close_timeout=10)  # the default"),
        ],
        exceptions: """
            Who fails the connection need not wait, §7.1.7. Where a Ping was not answered before, the other side was \
            gone. Clients of ws end TCP first whenever the server begins to close.
            """,
        thresholds: [
            Threshold("answer", .duration(10), "how long a Close may wait for its answer"),
            Threshold("hold", .duration(5), "how long the server may keep TCP after both"),
        ],
        examples: [
            .violates("the server ends TCP instead of answering") { scene in
                scene.open()
                scene.close(.client, 1000)
                scene.fin(.server)
                scene.fin(.client)
            },
            .violates("no answer in 12 s") { scene in
                scene.open()
                scene.close(.server, 1001)
                scene.wait(12)
                scene.fin(.server)
                scene.fin(.client)
            },
            .violates("the client does not wait") { scene in
                scene.open()
                scene.close(.client, 1000)
                scene.reset(.client)
            },
            .violates("the server keeps TCP for 8 s") { scene in
                scene.open()
                scene.close(.client, 1000)
                scene.close(.server, 1000)
                scene.wait(8)
                scene.fin(.server)
                scene.fin(.client)
            },
            .violates("the client ends TCP first") { scene in
                scene.open()
                scene.close(.server, 1001)
                scene.close(.client, 1001)
                scene.fin(.client)
                scene.fin(.server)
            },
            .complies("answered, and the server ends TCP") { scene in
                scene.open()
                scene.close(.client, 1000)
                scene.close(.server, 1000)
                scene.fin(.server)
                scene.fin(.client)
            },
            .tooLittle("the recording stops 3 s after the Close") { scene in
                scene.open()
                scene.close(.client, 1000)
                scene.wait(3)
            },
            .tooLittle("no Close") { scene in
                scene.open()
                scene.text(.client, "hi")
            },
        ])

    static let watches: EventKinds = [.closing, .closed, .time]

    private let answer: Int64
    private let hold: Int64

    init(_ settings: RuleSettings) {
        answer = settings.duration("answer")
        hold = settings.duration("hold")
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        switch event.kind {
        case .closing(let closure), .closed(let closure): judge(closure, event.time, connection, &report)
        case .opened, .head, .established, .frame, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset: break
        }
    }

    mutating func pass(to now: Timestamp, on connection: LintedConnection, _ report: inout Report) {
        if let closure = connection.closure { judge(closure, now, connection, &report) }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if let unjudged = connection.unjudgedEnding { return unjudged }
        guard let closure = connection.closure, let first = closure.first else { return .notApplicable("no Close") }
        guard closure.wire[first.peer] != nil else {
            return closure.firstToEnd == nil ? .notOver : .notApplicable("the other side was gone")
        }
        return closure.firstToEnd == nil ? .notOver : .pass
    }

    private func judge(_ closure: Closure, _ now: Timestamp, _ connection: LintedConnection, _ report: inout Report) {
        guard !report.hasFindings, connection.unjudgedEnding == nil, let first = closure.first,
            let close = closure.wire[first], !closure.isAbnormal, !connection.isUnanswered(at: close.time)
        else { return }
        if let reply = closure.wire[first.peer] {
            judgeTCP(closure, close, reply, now, connection, &report)
        } else {
            judgeMissing(closure, close, by: first, now, connection, &report)
        }
    }
}

extension CloseNotFinished {
    /// There is no answer yet.
    private func judgeMissing(
        _ closure: Closure, _ close: Closure.CloseFrame, by first: Side, _ now: Timestamp,
        _ connection: LintedConnection, _ report: inout Report
    ) {
        let end = closure.firstToEnd.flatMap { closure.tcp[$0] }
        let waited = (end?.time ?? now).since(close.time)
        let place = connection.place(
            side: first.peer, frame: close.frame, from: close.time, until: end?.time ?? now)
        if waited >= answer {
            report.add(
                "no Close of the \(first.peer) within \(Words.duration(waited)) of the \(first)'s", at: place,
                subject: "\(first.peer) answer")
        } else if let end, closure.firstToEnd == first.peer {
            report.add(
                "the \(first.peer) answers the \(first)'s Close with \(end.kind.words) instead of a Close", at: place,
                subject: "\(first.peer) answer")
        } else if end != nil, !close.payload.closeCode.isFailure {
            report.add(
                "the \(first) ends TCP \(Words.duration(waited)) after its own Close, without waiting for the answer",
                at: connection.place(side: first, frame: close.frame, from: close.time, until: end?.time),
                subject: "\(first) waits", severity: .warning)
        }
    }

    /// Both have sent a Close.
    private func judgeTCP(
        _ closure: Closure, _ close: Closure.CloseFrame, _ reply: Closure.CloseFrame, _ now: Timestamp,
        _ connection: LintedConnection, _ report: inout Report
    ) {
        let side = closure.first?.peer ?? .server
        let waited = reply.time.since(close.time)
        if waited > answer {
            report.add(
                "the \(side)'s Close comes \(Words.duration(waited)) after the \(side.peer)'s",
                at: connection.place(side: side, frame: reply.frame, from: close.time, until: reply.time),
                subject: "\(side) answer")
            return
        }
        let end = closure.tcp.server?.time ?? closure.tcp.client?.time ?? now
        let held = end.since(reply.time)
        let place = connection.place(side: .server, frame: reply.frame, from: reply.time, until: end)
        if held > hold {
            report.add(
                "the server keeps TCP for \(Words.duration(held)) after both Closes", at: place, subject: "hold",
                severity: .warning)
        } else if closure.firstToEnd == .client, let ended = closure.tcp.client {
            report.add(
                "the client ends TCP first, \(Words.duration(ended.time.since(reply.time))) after both Closes",
                at: connection.place(side: .client, from: reply.time, until: ended.time), subject: "client first",
                severity: .note)
        }
    }
}

extension StatusCode {
    /// With it an endpoint fails the connection, and need not wait for the other's Close, RFC 6455 §7.1.7.
    fileprivate var isFailure: Bool {
        switch self {
        case .protocolError, .unsupportedData, .invalidPayload, .policyViolation, .messageTooBig,
            .mandatoryExtension, .internalError:
            true
        default: false
        }
    }
}

import Connection
import Wire

/// A connection just ends.
struct AbnormalClose: RecordingRule {
    static let page = RulePage(
        "C01", "abnormal-close", .warning, .medium, [.wire],
        references: ["RFC 6455 §7.1.5", "RFC 6455 §7.4.1"], lesson: 3,
        says: "TCP ends, and neither side has sent a Close.",
        why: """
            Both sides conclude 1006: nobody knows whether the other one meant to end, crashed, or lost its network, \
            and which message was the last to arrive. Clients reconnect at once, for nothing tells them to wait.
            """,
        evidence: """
            A FIN or RST, and no Close of either side before it: a warning for each endpoint. An error where that is \
            more than `share` of at least `connections` that ended there. Where a side broke the protocol before, or \
            a Ping waited for its Pong, that is the cause and told instead; so is a server's end of many at once, by \
            mass-drop.
            """,
        fix: "Send a Close with an apt code, wait up to 10 s for the answer, and let the server end TCP first.",
        snippets: [
            Snippet(.ws, #"ws.close(1000, "done");  // not ws.terminate(), which only ends TCP"#),
            Snippet(.websockets, "await websocket.close()  # leaving the handler does it, too"),
            Snippet(
                .gorilla,
                """
                // conn.Close() alone ends TCP without a Close.
                message := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
                conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
                """),
            Snippet(
                .nio,
                """
                var body = ByteBuffer()
                body.write(webSocketErrorCode: .normalClosure)
                channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .connectionClose, data: body), promise: nil)
                """),
        ],
        exceptions: "Phones lose their network, and users kill programs: a few such ends are part of life.",
        thresholds: [
            Threshold("share", .ratio(0.05), "which share of an endpoint's connections may end so"),
            Threshold("connections", .count(20), "how many must have ended to speak of a share"),
        ],
        examples: [
            .violates("a FIN, and no Close") { scene in
                scene.open()
                scene.text(.client, "hi")
                scene.fin(.client)
                scene.fin(.server)
            },
            .violates("2 of 20 connections") { scene in
                for number in 1...20 {
                    scene.on(number)
                    scene.open()
                    scene.wait(6)
                    guard number % 10 == 0 else {
                        scene.end()
                        continue
                    }
                    scene.reset(.client)
                }
            },
            .complies("a closing handshake") { scene in
                scene.open()
                scene.text(.client, "hi")
                scene.end()
            },
            .tooLittle("the recording stops") { scene in
                scene.open()
                scene.text(.client, "hi")
            },
            .tooLittle("a refused handshake") { scene in
                scene.open { handshake in
                    handshake.status = 403
                    handshake.response = [("Content-Length", "0")]
                }
                scene.fin(.server)
                scene.fin(.client)
            },
        ])

    static let watches: EventKinds = [.established, .closed, .time]

    /// What was counted at one path; of more than `endpointLimit`, only single ends are told.
    private struct Endpoint {
        var ended = 0
        var abnormal = 0
        var last: WirePlace?
    }

    private let settings: @Sendable (String) -> RuleSettings
    private var endpoints: [String: Endpoint] = [:]
    private var drops = MassDrops(RuleSettings(MassDrop.page))
    private var hasWaiting = false

    private static let endpointLimit = 256

    init(_ settings: @escaping @Sendable (_ path: String) -> RuleSettings) { self.settings = settings }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        if hasWaiting { tellSingle(drops.finished(at: event.time), &report) }
        switch event.kind {
        case .established: if let server = connection.opening?.server { drops.opened(at: server) }
        case .closed(let closure): judge(closure, of: connection, &report)
        case .opened, .head, .frame, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closing: break
        }
    }

    mutating func pass(to now: Timestamp, _ report: inout Report) {
        if hasWaiting { tellSingle(drops.finished(at: now), &report) }
    }

    mutating func conclude(_ report: inout Report) -> Verdict {
        tellSingle(drops.finished(at: nil), &report)
        for (path, endpoint) in endpoints.sorted(by: { $0.key < $1.key }) { tellShare(endpoint, path, &report) }
        return endpoints.isEmpty ? .notApplicable("no connection ended") : .pass
    }
}

extension AbnormalClose {
    private mutating func judge(_ closure: Closure, of connection: LintedConnection, _ report: inout Report) {
        let server = connection.handshake == nil ? nil : connection.opening?.server
        defer { if let server { drops.closed(at: server) } }
        guard connection.unjudgedEnding == nil, let firstToEnd = closure.firstToEnd, let end = closure.tcp[firstToEnd]
        else { return }
        count(connection.path) { $0.ended += 1 }
        if let server, let drop = MassDrops.Drop(closure, of: connection) {
            drops.add(drop, at: server)
            hasWaiting = true
        } else if closure.isAbnormal, !connection.isUnanswered(at: end.time) {
            tell(connection.place(side: firstToEnd, from: end.time, until: end.time), end.kind, &report)
        }
    }

    /// Ends of the server that were no mass drop.
    private mutating func tellSingle(_ clusters: [MassDrops.Cluster], _ report: inout Report) {
        for cluster in clusters where !drops.isMass(cluster) {
            for drop in cluster.drops { if let end = drop.end { tell(drop.place, end, &report) } }
        }
        hasWaiting = drops.hasAny
    }

    private mutating func tell(_ place: WirePlace, _ end: Closure.TCPEnd.Kind, _ report: inout Report) {
        count(place.path) { endpoint in
            endpoint.abnormal += 1
            endpoint.last = place
        }
        report.add(
            "the \(place.side ?? .server) ends TCP with \(end.words), and no Close came from either side", at: place)
    }

    private func tellShare(_ endpoint: Endpoint, _ path: String, _ report: inout Report) {
        let settings = settings(path)
        guard endpoint.ended >= settings.count("connections"), let place = endpoint.last else { return }
        let share = Double(endpoint.abnormal) / Double(endpoint.ended)
        guard share > settings.ratio("share") else { return }
        report.add(
            "\(endpoint.abnormal) of \(endpoint.ended) connections ended without a Close, "
                + "\(Int((share * 100).rounded())) %",
            at: place, subject: "share", severity: .error)
    }

    private mutating func count(_ path: String?, _ change: (inout Endpoint) -> Void) {
        let path = path ?? ""
        guard endpoints[path] != nil || endpoints.count < Self.endpointLimit else { return }
        change(&endpoints[path, default: Endpoint()])
    }
}

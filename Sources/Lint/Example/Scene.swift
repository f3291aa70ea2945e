package import Connection
package import Wire

/// Traffic written down as a play: what the examples of a rule are made of. Every byte is real; the linter sees it
/// through the same observer as any recording.
///
///     Scene { $0.open("/chat"); $0.text(.client, "hi"); $0.wait(94); $0.text(.client, "still there?") }
package struct Scene: Sendable {
    package struct Step: Sendable {
        /// From 1.
        package let connection: Int
        package let act: Act
        /// What it is, in a few words, for a page.
        package let caption: String
    }

    package enum Act: Sendable {
        case sends(Side, [UInt8])
        case happens(Segment.Kind)
        /// Nanoseconds pass.
        case waits(Int64)
    }

    package private(set) var steps: [Step] = []
    /// The connection that the next steps are about.
    private var current = 1
    private var asked: [Int: Handshake] = [:]

    /// Between two steps, unless there is more.
    package static let latency: Int64 = 1_000_000
    /// Monday, 5 January 2026, 12:00 UTC.
    package static let start = Timestamp(nanoseconds: 1_767_614_400_000_000_000)

    package init(_ write: (inout Scene) -> Void) { write(&self) }

    package mutating func add(_ caption: String, _ act: Act) {
        steps.append(Step(connection: current, act: act, caption: caption))
    }

    /// The next steps are about that connection; opens none.
    package mutating func on(_ connection: Int) { current = connection }

    package mutating func wait(_ seconds: Double) {
        add("\(Words.duration(Int64(seconds * 1e9))) pass", .waits(Int64(seconds * 1e9)))
    }
}

/// Opening handshakes.
extension Scene {
    /// What a request and its answer consist of; change what shall be wrong.
    package struct Handshake: Sendable {
        package var method = "GET"
        package var target = "/chat"
        package var version = "HTTP/1.1"
        /// In this order.
        package var request: [(name: String, value: String)]
        package var status = 101
        package var response: [(name: String, value: String)]
        package var isTLS = false
        package var client = Address(ip: [198, 51, 100, 7], port: 50_000)
        package var server = Address(ip: [203, 0, 113, 10], port: 443)

        /// - Parameter number: Of the connection; makes the key and the client's port.
        init(_ target: String, number: Int) {
            self.target = target
            let key = Base64.encode((0..<16).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ number &* 101 &+ 11) })
            request = [
                ("Host", "chat.example"), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
                ("Sec-WebSocket-Key", key), ("Sec-WebSocket-Version", "13"),
            ]
            response = [
                ("Upgrade", "websocket"), ("Connection", "Upgrade"),
                ("Sec-WebSocket-Accept", AcceptKey.accept(for: key)),
            ]
            client = Address(ip: [198, 51, 100, 7], port: UInt16(50_000 + number))
        }

        /// Sets a field of the request; removes it where `value` is nil.
        package mutating func request(_ name: String, _ value: String?) { Self.set(name, value, in: &request) }

        /// Sets a field of the response; removes it where `value` is nil.
        package mutating func response(_ name: String, _ value: String?) { Self.set(name, value, in: &response) }

        private static func set(_ name: String, _ value: String?, in fields: inout [(name: String, value: String)]) {
            let index = fields.firstIndex { $0.name == name }
            switch (index, value) {
            case (let index?, let value?): fields[index].value = value
            case (let index?, nil): fields.remove(at: index)
            case (nil, let value?): fields.append((name, value))
            case (nil, nil): break
            }
        }

        var requestBytes: [UInt8] { Self.head("\(method) \(target) \(version)", request) }

        var responseBytes: [UInt8] {
            Self.head("HTTP/1.1 \(status) \(status == 101 ? "Switching Protocols" : "Refused")", response)
        }

        private static func head(_ line: String, _ fields: [(name: String, value: String)]) -> [UInt8] {
            Array((([line] + fields.map { "\($0.name): \($0.value)" }).joined(separator: "\r\n") + "\r\n\r\n").utf8)
        }
    }

    /// TCP opens, and the opening handshake is done: by a client that authenticates, from an origin of the server's
    /// own, over TLS. `change` says what differs.
    package mutating func open(_ target: String = "/chat", _ change: (inout Handshake) -> Void = { _ in }) {
        ask(target, change)
        answer()
    }

    /// TCP opens, and the client sends its request.
    package mutating func ask(_ target: String = "/chat", _ change: (inout Handshake) -> Void = { _ in }) {
        var handshake = Handshake(target, number: current)
        handshake.request("Origin", "https://chat.example")
        handshake.request("Authorization", "Bearer s3cr3t")
        handshake.isTLS = true
        change(&handshake)
        asked[current] = handshake
        let opening = Opening(
            client: handshake.client, server: handshake.server, isTLS: handshake.isTLS, source: "example")
        add("connection opens\(handshake.isTLS ? ", TLS" : "")", .happens(.opened(opening)))
        add(
            "client ─▶ " + SafeText.escape("\(handshake.method) \(handshake.target)") + " Upgrade: websocket",
            .sends(.client, handshake.requestBytes))
    }

    /// The server answers the request.
    package mutating func answer() {
        guard let handshake = asked[current] else { preconditionFailure("ask comes before answer") }
        add("◀─ server \(handshake.status)", .sends(.server, handshake.responseBytes))
    }

    /// The recording begins inside a connection.
    package mutating func midstream() {
        let opening = Opening(
            client: Address(ip: [198, 51, 100, 7], port: UInt16(50_000 + current)),
            server: Address(ip: [203, 0, 113, 10], port: 443), isMidstream: true, source: "example")
        add("the recording begins inside a connection", .happens(.opened(opening)))
    }
}

/// Frames and what follows.
extension Scene {
    package mutating func text(_ side: Side, _ text: String) { frame(side, .text, Array(text.utf8)) }
    package mutating func binary(_ side: Side, _ count: Int) {
        frame(side, .binary, (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ $0 >> 8) })
    }
    package mutating func ping(_ side: Side, _ payload: String = "") { frame(side, .ping, Array(payload.utf8)) }
    package mutating func pong(_ side: Side, _ payload: String = "") { frame(side, .pong, Array(payload.utf8)) }

    /// Pings of the server that the client answers.
    package mutating func beat(every seconds: Double, times: Int) {
        for beat in 1...max(times, 1) {
            wait(seconds)
            ping(.server, "\(beat)")
            pong(.client, "\(beat)")
        }
    }

    package mutating func close(_ side: Side, _ code: UInt16? = 1000, _ reason: String = "") {
        let payload = code.map { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] + Array(reason.utf8) } ?? []
        frame(side, .close, payload)
    }

    /// Any frame, right or wrong. A client's is masked with a key that is different every time, unless `mask` says
    /// what it is; `isMasked` that there is one at all.
    package mutating func frame(
        _ side: Side, _ opcode: Opcode, _ payload: [UInt8] = [], fin: Bool = true, rsv1: Bool = false,
        isMasked: Bool? = nil, mask: MaskingKey? = nil
    ) {
        let number = UInt32(truncatingIfNeeded: steps.count &+ current &* 7919)
        let mixed = (number &+ 1) &* 2_654_435_761
        let ownKey = MaskingKey(
            UInt8(truncatingIfNeeded: mixed >> 24), UInt8(truncatingIfNeeded: mixed >> 16),
            UInt8(truncatingIfNeeded: mixed >> 8), UInt8(truncatingIfNeeded: (mixed ^ (mixed >> 13)) | 1))
        let key = isMasked ?? (side == .client) ? mask ?? ownKey : nil
        let header = FrameHeader(
            fin: fin, rsv1: rsv1, opcode: opcode, payloadLength: payload.count, maskingKey: key)
        var body = payload
        if let key { body.withUnsafeMutableBytes { Masking.apply(key, to: $0) } }
        bytes(side, header.bytes + body, Scene.caption(side, opcode, payload, fin: fin))
    }

    /// Bytes as they are.
    package mutating func bytes(_ side: Side, _ bytes: [UInt8], _ caption: String) {
        add(caption, .sends(side, bytes))
    }

    /// The closing handshake, begun by `side`, and the end of TCP, begun by the server.
    package mutating func end(by side: Side = .client, _ code: UInt16 = 1000) {
        close(side, code)
        close(side.peer, code)
        fin(.server)
        fin(.client)
    }

    package mutating func fin(_ side: Side) { add("\(side): FIN", .happens(.fin(from: side))) }
    package mutating func reset(_ side: Side) { add("\(side): RST", .happens(.reset(from: side))) }
    /// Bytes of that side are missing in the recording.
    package mutating func hole(_ side: Side, _ count: UInt64) {
        add("\(count) bytes of the \(side) are missing", .happens(.hole(from: side, count: count)))
    }

    private static func caption(_ side: Side, _ opcode: Opcode, _ payload: [UInt8], fin: Bool) -> String {
        let arrow = side == .client ? "client ─▶ " : "◀─ server "
        let name = "\(opcode)".uppercased() + (fin ? "" : "…")
        switch opcode {
        case .text, .continuation, .ping, .pong:
            let text = SafeText.escape(Array(payload.prefix(60)))
            return arrow + name + (payload.isEmpty ? "" : " \"\(text)\(payload.count > 60 ? "…" : "")\"")
        case .close:
            return arrow + name + " \(ClosePayload(payload.span).closeCode.rawValue)"
        case .binary, .reserved: return arrow + name + " \(Words.bytes(payload.count))"
        }
    }
}

/// Seeing it.
extension Scene {
    /// Shows the scene to `sink` as an observer tells of it.
    package func run(limits: ObserverLimits = .default, into sink: some EventSink) {
        var observer = Observer(sink: sink, limits: limits)
        var time = Scene.start
        for step in steps {
            let id = ConnectionID(rawValue: UInt32(step.connection))
            switch step.act {
            case .waits(let duration): time = time.adding(nanoseconds: duration)
            case .sends(let side, let bytes):
                time = time.adding(nanoseconds: Scene.latency)
                observer.receive(Segment(connection: id, time: time, kind: .bytes(from: side)), bytes.span)
            case .happens(let kind):
                time = time.adding(nanoseconds: Scene.latency)
                observer.receive(Segment(connection: id, time: time, kind: kind), Span())
            }
        }
        observer.finish()
    }

    /// What these rules find in it.
    package func linted(_ settings: LintSettings = LintSettings(), by rules: [any LintRule.Type] = AllRules.list)
        -> Findings
    {
        let linter = Linter(settings, rules: rules)
        run(into: linter)
        linter.finish()
        return linter.findings
    }
}

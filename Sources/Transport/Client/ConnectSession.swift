import Connection
import Wire

/// A person's, or a script's, talk with a server: lines in, messages out, until one of both closes.
package struct ConnectSession: Sendable {
    package struct Options: Sendable {
        /// Sends every message back, and reads no lines.
        package var echoes = false
        /// After the last line replies are waited for so long; then the session closes with 1000.
        package var patience: Duration = .seconds(1)
        /// A person types, who sees the lines already.
        package var isInteractive = false

        package init() {}
    }

    /// Where the session's lines go. Called from several threads.
    package struct Output: Sendable {
        /// What was sent (`> …`) and received (`< …`).
        let said: @Sendable (String) -> Void
        /// What happened besides.
        let noted: @Sendable (String) -> Void

        package init(said: @escaping @Sendable (String) -> Void, noted: @escaping @Sendable (String) -> Void) {
            self.said = said
            self.noted = noted
        }
    }

    private let options: Options
    private let output: Output

    /// - Returns: The exit status: 0 when the connection closed cleanly with a code that means well, else 1. Throws why
    ///   there is no connection, which is status 3.
    package static func run(
        _ request: ClientRequest, _ options: Options, lines: some AsyncSequence<String, Never> & Sendable,
        _ output: Output
    ) async throws(TransportError) -> Int32 {
        let session = ConnectSession(options: options, output: output)
        let client = try await WebSocketClient.connect(request) { client, event in session.handle(event, client) }
        let input = Task { await session.send(lines, to: client) }
        let interruption = Task {
            await Signal.interruption()
            if !Task.isCancelled { client.close(.normalClosure) }
        }
        let ending = await client.ending()
        input.cancel()
        interruption.cancel()
        return ending.isGood ? 0 : 1
    }
}

// MARK: - Received

extension ConnectSession {
    private func greet(_ client: WebSocketClient) {
        var text = "· open: \(client.url)"
        if let subprotocol = client.subprotocol { text += ", subprotocol \(SafeText.escape(subprotocol))" }
        if client.compression != nil { text += ", permessage-deflate" }
        if options.isInteractive { text += "; /help lists the commands" }
        output.noted(text)
    }

    private func handle(_ event: ClientEvent, _ client: WebSocketClient) {
        switch event {
        case .opened: greet(client)
        case .message(let kind, let bytes):
            if options.echoes {
                client.send(kind == .text ? .text : .binary, bytes)
            } else {
                output.said("< " + ConnectSession.text(kind == .text ? .text : .binary, bytes))
            }
        case .ping(let payload): output.noted("· ping received" + ConnectSession.quoted(payload) + ", answered")
        case .pong(let payload, let roundTrip):
            let time = roundTrip.map { " after \(ConnectSession.milliseconds($0)) ms" } ?? ", not asked for"
            output.noted("· pong received" + ConnectSession.quoted(payload) + time)
        case .closed(let payload):
            let reason = payload.reason.isEmpty ? "" : " \"\(SafeText.escape(payload.reason))\""
            output.noted("· close received: \(payload.closeCode)\(reason)")
        case .ended(let ending): output.noted("· \(ending)")
        }
    }

    private static func text(_ opcode: Opcode, _ bytes: [UInt8]) -> String {
        if opcode == .text { return SafeText.escape(bytes) }
        let shown = bytes.prefix(64).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        return "binary, \(bytes.count) bytes: \(shown)" + (bytes.count > 64 ? " …" : "")
    }

    private static func quoted(_ payload: [UInt8]) -> String {
        payload.isEmpty ? "" : " \"\(SafeText.escape(payload))\""
    }

    /// With three digits behind the point.
    private static func milliseconds(_ nanoseconds: Int64) -> String {
        let microseconds = max(nanoseconds, 0) / 1000
        let fraction = String(microseconds % 1000)
        return "\(microseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}

// MARK: - Sent

extension ConnectSession {
    private func send(_ lines: some AsyncSequence<String, Never>, to client: WebSocketClient) async {
        if options.echoes { return }
        for await line in lines {
            if Task.isCancelled { return }
            await perform(LineCommand(line), on: client)
            await client.drained()
        }
        if !options.isInteractive { try? await Task.sleep(for: options.patience) }
        client.close(.normalClosure)
    }

    private func perform(_ command: LineCommand, on client: WebSocketClient) async {
        switch command {
        case .text(let text):
            say(.text, Array(text.utf8))
            client.send(text)
        case .binary(let bytes):
            say(.binary, bytes)
            client.send(bytes)
        case .ping(let payload): client.ping(payload)
        case .pong(let payload): client.pong(payload)
        case .close(let code, let reason): client.close(code, reason: reason)
        case .raw(let bytes):
            client.sendRaw(bytes)
            output.noted("· \(bytes.count) bytes sent as they are")
        case .wait(let milliseconds): try? await Task.sleep(for: .milliseconds(milliseconds))
        case .help: output.noted(LineCommand.usage)
        case .wrong(let why): output.noted("· not sent: \(why)")
        }
    }

    private func say(_ opcode: Opcode, _ bytes: [UInt8]) {
        if !options.isInteractive { output.said("> " + ConnectSession.text(opcode, bytes)) }
    }
}

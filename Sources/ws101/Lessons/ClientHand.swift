import Connection
import Transport
import Tutor
import Wire

/// A WebSocket client that lines are typed into.
actor ClientHand: LabParty {
    private let name: String
    private let options: LabActor.Connection
    private let server: @Sendable () async -> HostPort?
    private let tap: any Tap
    private let say: LabVoice
    private var client: WebSocketClient?

    /// - Parameter server: Where to connect to, asked each time; nil where the learner has to say it first.
    init(
        _ name: String, _ options: LabActor.Connection, tap: any Tap, say: @escaping LabVoice,
        server: @escaping @Sendable () async -> HostPort?
    ) {
        self.name = name
        self.options = options
        self.tap = NamedTap(tap, name: name)
        self.say = say
        self.server = server
    }

    func connect(_ path: String? = nil) async {
        guard let address = await server() else { return say(LabWords.noServer) }
        await end(client)
        client = nil
        var request = ClientRequest(WebSocketURL(address: address, target: path ?? options.path))
        request.fields = options.fields.map { ($0.name, $0.value) }
        request.origin = options.origin
        request.subprotocols = options.subprotocols
        request.compresses = options.compresses
        request.tap = tap
        do {
            client = try await WebSocketClient.connect(request) { [say] client, event in
                if case .message(let kind, let bytes) = event {
                    say("< " + (kind == .text ? SafeText.escape(bytes) : "binary, \(bytes.count) bytes"))
                }
                if case .ended(let ending) = event { say("· \(ending)") }
            }
        } catch {
            say("· \(error)")
        }
    }

    private func end(_ client: WebSocketClient?) async {
        guard let client else { return }
        client.abort()
        _ = await client.ending()
    }

    func stop() async {
        await end(client)
        client = nil
    }

    func type(_ line: String) async {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        switch words.first {
        case "/connect": await connect(rest.isEmpty ? nil : rest)
        case "/frame", "/fragments", "/bytewise": await raw(line)
        case "/abort": client?.abort()
        default: await perform(LineCommand(line))
        }
        await client?.drained()
    }

    /// Frames in words: what a client would not send by itself.
    private func raw(_ line: String) async {
        guard let client = connected() else { return }
        switch RawLine(line, isOpen: true) {
        case .frames(let specs):
            client.sendRaw(specs.flatMap { $0.bytes(key: MaskingKey(word: UInt32.random(in: .min ... .max))) })
        case .bytewise(let bytes):
            for byte in bytes {
                client.sendRaw([byte])
                try? await Task.sleep(for: .milliseconds(2))
            }
        case .wrong(let why): say("· not sent: \(why)")
        case .bytes, .await, .echo, .silent, .pause, .resume, .fin, .abort, .wait, .note: break
        }
    }

    private func connected() -> WebSocketClient? {
        if client == nil { say("· not connected: /connect does that") }
        return client
    }

    private func perform(_ command: LineCommand) async {
        switch command {
        case .help:
            say(LineCommand.usage + "\n/connect [PATH]      connects, again if need be\n/abort               cuts TCP")
        case .wrong(let why): say("· not sent: \(why)")
        case .wait(let milliseconds): try? await Task.sleep(for: .milliseconds(milliseconds))
        case .text(let text): connected()?.send(text)
        case .binary(let bytes): connected()?.send(bytes)
        case .ping(let payload): connected()?.ping(payload)
        case .pong(let payload): connected()?.pong(payload)
        case .close(let code, let reason): connected()?.close(code, reason: reason)
        case .raw(let bytes): connected()?.sendRaw(bytes)
        }
    }
}

import Connection
import Transport
import Tutor
import Wire

/// An HTTP client on one connection that is kept alive: a line, a request.
actor HTTPHand: LabParty {
    private let options: LabActor.Connection
    private let server: @Sendable () async -> HostPort?
    private let tap: any Tap
    private let say: LabVoice
    private var peer: RawPeer?
    private var host = ""

    init(
        _ name: String, _ options: LabActor.Connection, tap: any Tap, say: @escaping LabVoice,
        server: @escaping @Sendable () async -> HostPort?
    ) {
        self.options = options
        self.tap = NamedTap(tap, name: name)
        self.say = say
        self.server = server
    }

    func connect() async {
        guard let address = await server() else { return say(LabWords.noServer) }
        await stop()
        let url = WebSocketURL(address: address)
        host = url.authority
        do {
            let peer = try await RawClient.connect(to: url, tap: tap)
            self.peer = peer
            Task { await peer.read() }
        } catch {
            say("· \(error)")
        }
    }

    func stop() async {
        await peer?.end()
        peer = nil
    }

    func type(_ line: String) async {
        if line.hasPrefix("/connect") { return await connect() }
        if line.hasPrefix("/wait "), let milliseconds = Int(line.dropFirst(6)) {
            try? await Task.sleep(for: .milliseconds(milliseconds))
            return
        }
        if line.hasPrefix("/help") {
            return say(#"METHOD TARGET | Name: value | body    such as PUT /users/42 | {"name":"Ada"}"#)
        }
        guard let request = request(line) else {
            return say("· not sent: write METHOD TARGET, such as GET /users/42 | If-None-Match: \"v1\"")
        }
        if await peer?.hasEnded ?? true { await connect() }
        await peer?.send(request)
    }

    private func request(_ line: String) -> [UInt8]? {
        var parts = line.split(separator: " | ").map { String($0).trimmingWhitespace }
        guard !parts.isEmpty else { return nil }
        let start = parts.removeFirst().split(separator: " ").map(String.init)
        guard start.count == 2, start[1].hasPrefix("/"), start[0].allSatisfy({ $0.isASCII && $0.isUppercase }) else {
            return nil
        }
        var text = "\(start[0]) \(start[1]) HTTP/1.1\r\nHost: \(host)\r\n"
        for field in options.fields { text += "\(field.name): \(field.value)\r\n" }
        if let origin = options.origin { text += "Origin: \(origin)\r\n" }
        var body = ""
        for part in parts {
            let name = part.prefix { $0 != ":" }
            if name.count < part.count, !name.isEmpty, name.allSatisfy({ $0.isLetter || $0 == "-" }) {
                text += part + "\r\n"
            } else {
                body = part
            }
        }
        if !body.isEmpty { text += "Content-Length: \(body.utf8.count)\r\nContent-Type: application/json\r\n" }
        return Array((text + "\r\n" + body).utf8)
    }
}

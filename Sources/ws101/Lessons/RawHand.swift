import Connection
import Transport
import Tutor
import Wire

/// A raw TCP connection that lines are typed into: HTTP by the line, then bytes.
actor RawHand: LabParty {
    private let options: LabActor.Connection
    private let server: @Sendable () async -> HostPort?
    private let tap: any Tap
    private let say: LabVoice
    private var peer: RawPeer?
    private var reading: Task<Void, Never>?
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

    func connect(_ path: String? = nil) async {
        guard let address = await server() else { return say(LabWords.noServer) }
        await stop()
        let url = WebSocketURL(address: address, target: path ?? options.path)
        host = url.authority
        do {
            let peer = try await RawClient.connect(to: url, tap: tap)
            self.peer = peer
            reading = Task { await peer.read() }
            if options.isOpened {
                var fields = options.fields.map { (name: $0.name, value: $0.value) }
                if let origin = options.origin { fields.append(("Origin", origin)) }
                await RawClient.open(peer, url, fields: fields)
            }
        } catch {
            say("· \(error)")
        }
    }

    func stop() async {
        await peer?.end()
        peer = nil
        reading?.cancel()
        reading = nil
    }

    func type(_ line: String) async {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        if words.first == "/connect" { return await connect(words.count > 1 ? words[1] : nil) }
        if words.first == "/help" { return say(RawLine.usage) }
        guard let peer, await !peer.hasEnded else {
            return say("· not sent: the connection has ended; /connect makes a new one")
        }
        let isOpen = await peer.isOpen
        let parsed = RawLine(isOpen ? line : filled(line), isOpen: isOpen)
        if case .wrong(let why) = parsed { return say("· not sent: \(why)") }
        if case .await = parsed { return say("· not sent: write /await with the side, such as /await server text") }
        await peer.perform(parsed)
    }

    /// What an author cannot know.
    private func filled(_ line: String) -> String {
        var line = line
        if line.contains("{key}") { line = line.replacing("{key}", with: RawClient.nonce()) }
        return line.replacing("{host}", with: host)
    }
}

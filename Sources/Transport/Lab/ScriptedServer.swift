internal import Connection
internal import Synchronization
internal import Wire

/// A server that plays lines on each connection it gets, in place of a protocol's endpoint: what it does may be right
/// or wrong.
package final class ScriptedServer: Sendable {
    /// What it does.
    package struct Script: Hashable, Sendable {
        package var lines: [String]
        /// The first frames go out in the same write as the 101.
        package var isTogether = false
        /// Further header fields of the 101, or in place of those that it has.
        package var fields: [(name: String, value: String)] = []
        /// Answers this instead of 101.
        package var status = 101

        package init(_ lines: [String]) { self.lines = lines }

        package static func == (left: Script, right: Script) -> Bool {
            left.lines == right.lines && left.isTogether == right.isTogether && left.status == right.status
                && left.fields.elementsEqual(right.fields) { $0 == $1 }
        }

        package func hash(into hasher: inout Hasher) { hasher.combine(lines) }
    }

    package let address: HostPort
    private let listener: RawListener
    private let peers: Peers

    private final class Peers: Sendable {
        private let all = Mutex<[RawPeer]?>([])

        /// False where the server has stopped.
        func add(_ peer: RawPeer) -> Bool {
            all.withLock { all in
                guard let count = all?.count, count < ScriptedServer.mostConnections else { return false }
                all?.append(peer)
                return true
            }
        }

        func take(andStop isStopping: Bool) -> [RawPeer] {
            all.withLock { all in
                let taken = all ?? []
                all = isStopping ? nil : []
                return taken
            }
        }
    }

    /// More are turned away.
    static let mostConnections = 256

    private init(_ listener: RawListener, _ peers: Peers) {
        self.listener = listener
        self.peers = peers
        address = listener.address
    }

    package static func start(_ script: Script, on address: HostPort) async throws(TransportError) -> ScriptedServer {
        let peers = Peers()
        let listener = try await RawListener.start(address) { connection in
            let peer = RawPeer(connection, side: .server, tap: nil)
            guard peers.add(peer) else {
                Task { await peer.end() }
                return
            }
            Task { await peer.read() }
            Task { await play(script, peer) }
        }
        return ScriptedServer(listener, peers)
    }

    /// Ends every connection, and takes no more.
    package func stop() async {
        await listener.stop()
        for peer in peers.take(andStop: true) { await peer.end() }
    }

    /// Cuts every connection without a Close; new ones are welcome.
    package func cut() async {
        for peer in peers.take(andStop: false) { await peer.perform(.abort) }
    }

    private static func play(_ script: Script, _ peer: RawPeer) async {
        let lines = script.lines.map { RawLine($0, isOpen: true) }
        let isSilent = lines.contains(.silent)
        var habits = RawPeer.Habits()
        habits.answersPing = !isSilent && !lines.contains(.await(.ping))
        habits.answersClose = !isSilent && !lines.contains(.await(.close))
        await peer.behave(habits)
        guard let request = await peer.nextHead() else { return }
        let answer = ScriptedServer.answer(to: request, script)
        var rest = lines[...]
        var first = answer
        if script.isTogether {
            while case .frames(let specs)? = rest.first {
                for spec in specs { first += await peer.bytes(of: spec) }
                rest = rest.dropFirst()
            }
        }
        await peer.send(first)
        for line in rest { await peer.perform(line) }
        // Behind its last line it is an ordinary server, unless it was to be silent.
        habits.answersPing = !isSilent
        habits.answersClose = !isSilent
        await peer.behave(habits)
        await peer.catchUp()
    }

    private static func answer(to request: HTTPHead, _ script: Script) -> [UInt8] {
        guard script.status == 101 else {
            let text = "Nothing here speaks WebSocket.\n"
            return Array(
                ("HTTP/1.1 \(script.status) OK\r\nContent-Type: text/plain\r\nContent-Length: \(text.utf8.count)\r\n"
                    + "Connection: close\r\n\r\n\(text)").utf8)
        }
        var fields: [(name: String, value: String)] = [
            ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", AcceptKey.accept(for: request.values("Sec-WebSocket-Key").first ?? "")),
        ]
        for field in script.fields {
            fields.removeAll { $0.name.lowercased() == field.name.lowercased() }
            fields.append(field)
        }
        let lines = fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        return Array("HTTP/1.1 101 Switching Protocols\r\n\(lines)\r\n".utf8)
    }
}

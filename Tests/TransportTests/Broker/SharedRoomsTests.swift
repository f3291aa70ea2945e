import Testing
import Transport
import Wire

/// Two teaching servers of one hub, as two nodes of one broker.
struct TwoNodes {
    let first: HostPort
    let second: HostPort
    let brokers: [LocalBroker]

    /// - Parameter isShared: Without, each node has a broker of its own: what "no broker" means.
    static func run(isShared: Bool = true, _ body: (TwoNodes) async throws -> Void) async throws {
        let hub = LocalHub()
        let brokers = ["one", "two"].map { LocalBroker(node: $0, sharing: isShared ? hub : LocalHub()) }
        let servers = brokers.map { broker in
            var options = WebSocketServer.Options(port: 0)
            options.closeTimeout = .milliseconds(500)
            return TeachingServer(options, setup: BrokerSetup(broker: broker))
        }
        let addresses = [try await servers[0].start(), try await servers[1].start()]
        let result: Result<Void, any Error>
        do {
            try await body(TwoNodes(first: addresses[0], second: addresses[1], brokers: brokers))
            result = .success(())
        } catch {
            result = .failure(error)
        }
        for server in servers { await server.stop() }
        try result.get()
    }
}

struct SharedRoomsTests {
    @Test func whatIsSaidOnOneNodeIsHeardOnTheOther() async throws {
        try await TwoNodes.run { nodes in
            let (here, there) = (Replies(), Replies())
            let speaker = try await here.connect(to: nodes.first, "/chat/a?presence")
            let listener = try await there.connect(to: nodes.second, "/chat/a")
            while await here.nextText()?.contains(#""members":2"#) != true {}
            speaker.send("hello")
            #expect(await there.nextText() == "hello")
            speaker.send([1, 2])
            #expect(await there.next() == .message(.binary, [1, 2]))
            listener.close()
            speaker.close()
        }
    }

    @Test func withoutABrokerEachNodeIsAlone() async throws {
        try await TwoNodes.run(isShared: false) { nodes in
            let (here, there) = (Replies(), Replies())
            let speaker = try await here.connect(to: nodes.first, "/chat/a")
            let listener = try await there.connect(to: nodes.second, "/chat/a?presence")
            #expect(await there.nextText()?.contains(#""members":1"#) == true)
            speaker.send("hello")
            // What its own node says next comes behind whatever there was.
            let neighbour = try await Replies().connect(to: nodes.second, "/chat/a")
            #expect(await there.nextText()?.contains(#""members":2"#) == true)
            for client in [speaker, listener, neighbour] { client.close() }
        }
    }

    @Test func aLostBrokerIsToldAndTheNodeServesOn() async throws {
        try await TwoNodes.run { nodes in
            let (one, two) = (Replies(), Replies())
            let speaker = try await one.connect(to: nodes.first, "/chat/a")
            let neighbour = try await two.connect(to: nodes.first, "/chat/a?presence")
            while await two.nextText()?.contains(#""members":2"#) != true {}
            nodes.brokers[0].disconnect()
            speaker.send("alone")
            #expect(await two.nextText() == "alone")
            nodes.brokers[0].reconnect()
            #expect(await two.nextText()?.hasPrefix(#"{"gap":{"milliseconds":"#) == true)
            speaker.close()
            neighbour.close()
        }
    }

    @Test func aFullRoomTakesNobodyElse() async throws {
        var setup = BrokerSetup()
        setup.mostMembers = 1
        let server = TeachingServer(WebSocketServer.Options(port: 0), setup: setup)
        let address = try await server.start()
        let replies = Replies()
        let first = try await Replies().connect(to: address, "/chat/a")
        let second = try await replies.connect(to: address, "/chat/a")
        guard case .ended(let ending) = await second.endingEvent(replies) else { return }
        #expect(ending.code == 1013)
        first.close()
        await server.stop()
    }
}

extension WebSocketClient {
    fileprivate func endingEvent(_ replies: Replies) async -> Replies.Reply? {
        while let reply = await replies.next() {
            if case .ended = reply { return reply }
        }
        return nil
    }
}

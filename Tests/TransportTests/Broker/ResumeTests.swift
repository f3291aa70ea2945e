import Synchronization
import Testing
import Transport
import Wire

struct ResumeTests {
    @Test func aMessageIsNumberedAcknowledgedAndStoredOnce() async throws {
        try await TwoNodes.run { nodes in
            let replies = Replies()
            let client = try await replies.connect(to: nodes.first, "/resume/a")
            guard case .welcome("one", nil)? = await replies.nextWord() else {
                Issue.record("no welcome")
                return
            }
            let said = #"{"say":"hello","id":"x-1"}"#
            client.send(said)
            let words = [await replies.nextWord(), await replies.nextWord()].compactMap { $0 }
            guard case .acknowledged("x-1", let seq)? = words.first(where: { $0.isAcknowledgement }) else {
                Issue.record("\(words)")
                return
            }
            #expect(words.contains(.entry(seq: seq, text: "hello")))
            client.send(said)
            #expect(await replies.nextWord() == .acknowledged(id: "x-1", seq: seq))
            client.close()
        }
    }

    @Test func whoComesBackHearsWhatItMissedOnAnyNode() async throws {
        try await TwoNodes.run { nodes in
            let talker = Replies()
            let client = try await talker.connect(to: nodes.first, "/resume/a")
            _ = await talker.nextWord()
            var seqs: [String] = []
            for number in 1...3 {
                client.send(#"{"say":"\#(number)","id":"x-\#(number)"}"#)
                for _ in 1...2 {
                    if case .acknowledged(_, let seq)? = await talker.nextWord() { seqs.append(seq) }
                }
            }
            let late = Replies()
            let other = try await late.connect(to: nodes.second, "/resume/a?after=\(seqs[0])")
            #expect(await late.nextWord() == .welcome(node: "two", at: seqs[2]))
            #expect(await late.nextWord() == .entry(seq: seqs[1], text: "2"))
            #expect(await late.nextWord() == .entry(seq: seqs[2], text: "3"))
            let beginner = Replies()
            let third = try await beginner.connect(to: nodes.second, "/resume/a?after=0")
            _ = await beginner.nextWord()
            #expect(await beginner.nextWord() == .entry(seq: seqs[0], text: "1"))
            for one in [client, other, third] { one.close() }
        }
    }

    /// More than fits into one page, into what may wait for a client, and into the system's buffers.
    @Test func aLongJournalIsReadAtTheClientsPace() async throws {
        try await TwoNodes.run { nodes in
            let text = String(repeating: "x", count: 4000)
            let topic = "room:/resume/a"
            for number in 1...240 {
                _ = try await nodes.brokers[0].append(Array(text.utf8), key: "\(number)", to: topic)
            }
            let client = ResumingClient(
                "c", WebSocketURL(address: nodes.second, target: "/resume/a"), .none, hearsAll: true)
            client.start()
            while client.record.heard.count < 240 { try await Task.sleep(for: .milliseconds(5)) }
            // And it is live again behind that.
            _ = try await nodes.brokers[0].append([0x79], key: "last", to: topic)
            while client.record.heard.last != "y" { try await Task.sleep(for: .milliseconds(5)) }
            #expect(client.record.heard.count == 241 && client.record.holes == 0 && client.record.gaps == 0)
            await client.stop()
        }
    }

    @Test func whatIsNoLongerKeptIsSaid() async throws {
        try await TwoNodes.run { nodes in
            let replies = Replies()
            let client = try await replies.connect(to: nodes.first, "/resume/a?after=1-7")
            _ = await replies.nextWord()
            guard case .gap(after: "1-7", next: nil, _)? = await replies.nextWord() else {
                Issue.record("no gap was told")
                return
            }
            client.close()
        }
    }

    /// Not JSON, no id, an id with a space, one that is too long.
    @Test(arguments: ["hello", #"{"say":"x"}"#, #"{"say":"x","id":"a b"}"#, #"{"say":"x","id":""}"#])
    func whatIsNoRequestEndsTheConnection(text: String) async throws {
        try await TwoNodes.run { nodes in
            let replies = Replies()
            let client = try await replies.connect(to: nodes.first, "/resume/a")
            client.send(text)
            let ending = await client.ending()
            #expect(ending.code == 1008)
        }
    }

    @Test func clientsThatLoseTheirConnectionMissNothing() async throws {
        try await TwoNodes.run { nodes in
            let policy = ReconnectPolicy.fullJitter(base: .milliseconds(10), cap: .milliseconds(50))
            let clients = [nodes.first, nodes.second, nodes.first].enumerated().map { number, address in
                ResumingClient("c\(number)", WebSocketURL(address: address, target: "/resume/a"), policy)
            }
            for client in clients {
                client.start()
                while client.record.connections == 0 { await Task.yield() }
            }
            for number in 0..<60 {
                clients[number % 3].say("\(number)")
                if number % 10 == 5 { clients[number / 10 % 2].cut() }
                try await Task.sleep(for: .milliseconds(2))
            }
            while !clients.allSatisfy({ $0.record.heard.count == 60 && $0.record.unacknowledged == 0 }) {
                try await Task.sleep(for: .milliseconds(5))
            }
            for client in clients { await client.stop() }
            let records = clients.map(\.record)
            #expect(records.allSatisfy { $0.holes == 0 && $0.gaps == 0 })
            #expect(Set(records.map(\.heard)).count == 1)
            #expect(records[0].connections > 1 && records[1].connections > 1)
        }
    }

    @Test func whatNobodyCanKeepIsSaidAgainWhenTheBrokerIsBack() async throws {
        try await TwoNodes.run { nodes in
            let client = ResumingClient(
                "c", WebSocketURL(address: nodes.first, target: "/resume/a"), .fixed(.milliseconds(10)))
            client.start()
            while client.record.connections == 0 { await Task.yield() }
            nodes.brokers[0].disconnect()
            client.say("kept")
            while client.record.refusals == 0 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(client.record.unacknowledged == 1 && client.record.heard.isEmpty)
            nodes.brokers[0].reconnect()
            while client.record.heard != ["kept"] || client.record.unacknowledged > 0 {
                try await Task.sleep(for: .milliseconds(5))
            }
            await client.stop()
        }
    }
}

extension Replies {
    fileprivate func nextWord() async -> JournalWord? { await nextText().flatMap { JournalWord($0) } }
}

extension JournalWord {
    fileprivate var isAcknowledgement: Bool {
        if case .acknowledged = self { true } else { false }
    }
}

import Foundation
import Synchronization
import Transport

/// A node is killed, and one is drained, while clients with numbers and acknowledgements are talking.
struct JournalActs {
    let stage: LabStage
    let cluster: ScaleCluster

    private let policy = ReconnectPolicy.fullJitter(base: .milliseconds(100), cap: .seconds(2))

    func play() async throws {
        let address = try await cluster.startBalancer(.least)
        let url = WebSocketURL(address: address, target: "/resume/lobby")
        let clients = (1...6).map { ResumingClient("client-\($0)", url, policy) }
        for client in clients {
            client.start()
            _ = await Eventually.holds(within: .seconds(10)) { client.record.connections == 1 }
        }
        do {
            try await killNode(clients)
            try await drainNode(clients)
        } catch {
            for client in clients { await client.stop() }
            throw error
        }
        for client in clients { await client.stop() }
        await cluster.stopBalancers()
    }

    private func killNode(_ clients: [ResumingClient]) async throws {
        stage.act("A node is killed in the middle of a conversation")
        stage.tell(
            "6 clients in /resume/lobby: each message has a number, and is kept by its sender until acknowledged")
        guard let victim = cluster.node(clients[0].record.node) else { return }
        let lost = clients.filter { $0.record.node == victim.name }
        let talk = Talk(clients)
        await talk.say(40)
        victim.program.send(SIGKILL)
        stage.tell("\(victim.name) is killed: \(lost.count) clients lose their connection, and go on talking")
        await talk.say(40)
        let isBack = await Eventually.holds(within: .seconds(15)) { lost.allSatisfy { $0.record.connections == 2 } }
        stage.check(
            isBack && lost.allSatisfy { $0.record.node != victim.name },
            "its clients come back elsewhere: \(JournalActs.nodes(lost))")
        stage.check(
            lost.allSatisfy { $0.record.codes == [1006] },
            "they saw no Close: 1006, which is never on the wire")
        await check(talk, clients)
    }

    private func drainNode(_ clients: [ResumingClient]) async throws {
        stage.act("A node is drained for an update")
        for name in cluster.nodes.filter({ !$0.program.isRunning }).map(\.name) {
            try await cluster.restart(name, hasBroker: true)
            stage.tell("\(name) starts again at its old address; HAProxy's health check finds it")
        }
        let counts = Dictionary(grouping: clients) { $0.record.node ?? "" }
        guard let name = counts.max(by: { $0.value.count < $1.value.count })?.key, let node = cluster.node(name) else {
            return
        }
        let moved = counts[name] ?? []
        let before = moved.map { $0.record.connections }
        let talk = Talk(clients)
        await talk.say(20)
        node.program.send(SIGTERM)
        stage.tell(
            "\(name) gets SIGTERM: it takes nobody new, and tells its \(moved.count) clients 1012 over one second")
        await talk.say(60)
        let isBack = await Eventually.holds(within: .seconds(15)) {
            zip(moved, before).allSatisfy { $0.record.connections > $1 } && moved.allSatisfy { $0.record.node != name }
        }
        stage.check(isBack, "they come back elsewhere, each after a random delay: \(JournalActs.nodes(moved))")
        stage.check(
            moved.allSatisfy { $0.record.codes.last == 1012 },
            "each was told 1012, \"the server restarts\", and none 1006")
        let hasEnded = await Eventually.holds(within: .seconds(10)) { !node.program.isRunning }
        stage.check(hasEnded, "\(name) has ended by itself, with nobody left")
        await check(talk, clients)
        try await cluster.restart(name, hasBroker: true)
    }

    private func check(_ talk: Talk, _ clients: [ResumingClient]) async {
        let isComplete = await Eventually.holds(within: .seconds(20)) {
            clients.allSatisfy { $0.record.unacknowledged == 0 && talk.isHeard(by: $0) }
        }
        let records = clients.map(\.record)
        stage.check(
            isComplete,
            "\(talk.count) messages were said meanwhile, and each of \(clients.count) clients heard each once")
        stage.check(
            Set(records.map(\.heard)).count == 1, "in the same order everywhere")
        stage.check(
            records.allSatisfy { $0.holes == 0 && $0.gaps == 0 }, "no number is missing after the resume")
        stage.figure("messages", Double(talk.count))
        stage.figure("holes", Double(records.reduce(0) { $0 + $1.holes }))
    }

    private static func nodes(_ clients: [ResumingClient]) -> String {
        let counts = Dictionary(grouping: clients.compactMap { $0.record.node }) { $0 }.mapValues(\.count)
        return counts.sorted { $0.key < $1.key }.map { "\($0.value) on \($0.key)" }.joined(separator: ", ")
    }
}

/// All clients in turn say something, each text once.
final class Talk {
    private let clients: [ResumingClient]
    private let title = UUID().uuidString.prefix(4)
    private(set) var count = 0

    init(_ clients: [ResumingClient]) { self.clients = clients }

    func say(_ number: Int) async {
        for _ in 0..<number {
            clients[count % clients.count].say("\(title) \(count)")
            count += 1
            try? await Task.sleep(for: .milliseconds(15))
        }
    }

    /// Each text, and each once.
    func isHeard(by client: ResumingClient) -> Bool {
        let mine = client.record.heard.filter { $0.hasPrefix(title) }
        return mine.count == count && Set(mine).count == count
    }
}

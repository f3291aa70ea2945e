import Foundation
import Transport

/// `ws101 lab scale`: what several nodes need, shown on the real parts.
struct ScaleLab {
    let stage: LabStage
    let nodeCount: Int

    func run() async throws {
        let programs = try ScaleCluster.Programs()
        try await LabTools.withFolder { folder in
            let cluster = try ScaleCluster(programs, in: folder)
            do {
                try await play(on: cluster)
            } catch {
                await cluster.stop()
                throw error
            }
            await cluster.stop()
        }
    }

    private func play(on cluster: ScaleCluster) async throws {
        try await withoutBroker(cluster)
        try await withBroker(cluster)
        try await JournalActs(stage: stage, cluster: cluster).play()
        try await BrokerCutAct(stage: stage, cluster: cluster).play()
        try await BalanceActs(stage: stage, cluster: cluster).play()
    }

    private var guestCount: Int { 2 * nodeCount }

    private func withoutBroker(_ cluster: ScaleCluster) async throws {
        stage.act("\(nodeCount) nodes behind HAProxy, and nothing between them")
        try await cluster.startNodes(nodeCount, hasBroker: false)
        let address = try await cluster.startBalancer(.least)
        let guests = try await ChatGuest.several(guestCount, address, room: "lobby")
        stage.tell("\(guestCount) clients join /chat/lobby at HAProxy, least connections: \(guests.distribution)")
        stage.check(
            Set(guests.compactMap(\.node)).count == nodeCount, "every node got some of the clients")
        let neighbours = guests.count { $0.node == guests[0].node } - 1
        guests[0].say("is anybody here?")
        _ = await Eventually.holds(within: .seconds(5)) { guests.dropFirst().count { !$0.heard.isEmpty } >= neighbours }
        // There is no sign by which silence could be awaited.
        try await Task.sleep(for: .milliseconds(300))
        let heard = guests.dropFirst().count { !$0.heard.isEmpty }
        stage.check(
            heard == neighbours && heard < guests.count - 1,
            "one speaks, and \(heard) of \(guests.count - 1) others hear it: only those on the same node")
        stage.figure("heard", Double(heard))
        await guests.leave()
        await cluster.stopBalancers()
        await cluster.stopNodes()
    }

    private func withBroker(_ cluster: ScaleCluster) async throws {
        stage.act("The same with a broker: Redis Pub/Sub")
        try await cluster.startRedis()
        try await cluster.startNodes(nodeCount, hasBroker: true)
        let address = try await cluster.startBalancer(.least)
        let guests = try await ChatGuest.several(guestCount, address, room: "lobby")
        stage.tell("\(guestCount) clients join again: \(guests.distribution)")
        let isShared = await Eventually.holds(within: .seconds(10)) {
            guests.allSatisfy { $0.presence?.members == guestCount }
        }
        stage.check(isShared, "presence is shared: each node counts \(guestCount) members on \(nodeCount) nodes")
        let speakers = Dictionary(grouping: guests) { $0.node ?? "" }.sorted { $0.key < $1.key }.compactMap(
            \.value.first)
        for speaker in speakers {
            let text = "from \(speaker.node ?? "")"
            let began = ContinuousClock.now
            speaker.say(text)
            let others = guests.filter { $0 !== speaker }
            let reached = await Eventually.holds(within: .seconds(5)) { others.allSatisfy { $0.heard.contains(text) } }
            let time = (ContinuousClock.now - began) / .milliseconds(1)
            stage.check(
                reached,
                "what is said on \(speaker.node ?? "?") reaches all \(others.count) others, within \(Int(time)) ms")
        }
        await guests.leave()
        await cluster.stopBalancers()
    }
}

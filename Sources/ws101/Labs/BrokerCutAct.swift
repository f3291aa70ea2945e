import Foundation
import Transport

/// Redis goes away, and comes back: what Pub/Sub loses, and what a stream keeps.
struct BrokerCutAct {
    let stage: LabStage
    let cluster: ScaleCluster

    func play() async throws {
        stage.act("Redis is cut off, and comes back")
        let address = try await cluster.startBalancer(.least)
        let guests = try await ChatGuest.several(6, address, room: "hall")
        let url = WebSocketURL(address: address, target: "/resume/hall")
        let policy = ReconnectPolicy.fullJitter(base: .milliseconds(100), cap: .seconds(2))
        let readers = (1...3).map { ResumingClient("reader-\($0)", url, policy) }
        for reader in readers {
            reader.start()
            _ = await Eventually.holds(within: .seconds(10)) { reader.record.connections == 1 }
        }
        _ = await Eventually.holds(within: .seconds(10)) { guests.allSatisfy { $0.presence?.members == 6 } }
        await cut(guests, readers)
        try await restore(guests, readers)
        for reader in readers { await reader.stop() }
        await guests.leave()
        await cluster.stopBalancers()
    }

    private func cut(_ guests: [ChatGuest], _ readers: [ResumingClient]) async {
        await cluster.killRedis()
        let isKnown = await Eventually.holds(within: .seconds(10)) {
            cluster.nodes.allSatisfy { $0.program.said.contains { $0.contains("lost:") } }
        }
        stage.check(isKnown, "each node says so in its log, and serves on alone")
        let neighbours = guests.dropFirst().filter { $0.node == guests[0].node }
        guests[0].say("into the gap")
        let isHeard = await Eventually.holds(within: .seconds(5)) {
            neighbours.allSatisfy { $0.heard.contains("into the gap") }
        }
        let heard = guests.dropFirst().count { $0.heard.contains("into the gap") }
        stage.check(
            isHeard && heard == neighbours.count,
            "/chat/hall: one speaks; its node goes on serving, and \(heard) of \(guests.count - 1) others hear it")
        readers[0].say("kept by its sender")
        let isRefused = await Eventually.holds(within: .seconds(5)) { readers[0].record.refusals > 0 }
        stage.check(
            isRefused && readers[0].record.unacknowledged == 1,
            "/resume/hall: one speaks, and is told that nobody could keep it; so it does so itself")
    }

    private func restore(_ guests: [ChatGuest], _ readers: [ResumingClient]) async throws {
        try await cluster.startRedis()
        let isTold = await Eventually.holds(within: .seconds(20)) { guests.allSatisfy { $0.gaps > 0 } }
        let log = cluster.nodes.first?.program.said.last { $0.contains("back after") } ?? ""
        let words = log.drop { $0 != ":" }.dropFirst(2).prefix { $0 != ";" }
        stage.tell("node-1's log: \(words) …")
        stage.check(isTold, "every member of /chat/hall is told of the gap")
        let lost = guests.dropFirst().count { !$0.heard.contains("into the gap") }
        stage.check(lost > 0, "what was said in the gap is lost for \(lost) of them: Pub/Sub keeps nothing")
        guests[0].say("after the gap")
        let isBack = await Eventually.holds(within: .seconds(10)) {
            guests.dropFirst().allSatisfy { $0.heard.contains("after the gap") }
        }
        stage.check(isBack, "subscribed again: what is said now reaches all \(guests.count - 1)")
        let isKept = await Eventually.holds(within: .seconds(20)) {
            readers.allSatisfy { $0.record.heard.contains("kept by its sender") && $0.record.unacknowledged == 0 }
        }
        stage.check(
            isKept && readers.allSatisfy { $0.record.gaps == 0 && $0.record.holes == 0 },
            "/resume/hall lost nothing: the message was said again, and is in the stream")
    }
}

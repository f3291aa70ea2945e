import Foundation
import Transport

/// Where a balancer sends a connection: by room, and back to where it was.
struct BalanceActs {
    let stage: LabStage
    let cluster: ScaleCluster

    func play() async throws {
        try await byRoom()
        try await sticky()
    }

    private func byRoom() async throws {
        stage.act("Rooms sharded over the nodes: consistent hash of the path")
        let address = try await cluster.startBalancer(.room)
        let rooms = (1...24).map { "room-\($0)" }
        let before = try await owners(of: rooms, address)
        let again = try await owners(of: rooms, address)
        let shares = Dictionary(grouping: before.values) { $0 }.mapValues(\.count).sorted { $0.key < $1.key }
        stage.tell("\(rooms.count) rooms: " + shares.map { "\($0.key) has \($0.value)" }.joined(separator: ", "))
        stage.check(before == again, "a room is always on the same node, so it needs no broker")
        guard let victim = cluster.node(shares.max { $0.value < $1.value }?.key) else { return }
        victim.program.send(SIGKILL)
        await victim.program.ended()
        let after = try await owners(of: rooms, address)
        let moved = rooms.filter { before[$0] != after[$0] }
        let owned = rooms.filter { before[$0] == victim.name }
        stage.check(
            moved == owned && !owned.isEmpty,
            "\(victim.name) is killed: its \(owned.count) rooms move, the other \(rooms.count - owned.count) stay where they are"
        )
        try await cluster.restart(victim.name, hasBroker: true)
        await cluster.stopBalancers()
    }

    private func owners(of rooms: [String], _ address: HostPort) async throws -> [String: String] {
        var owners: [String: String] = [:]
        for room in rooms {
            let guests = try await ChatGuest.several(1, address, room: room)
            owners[room] = guests[0].node
            await guests.leave()
        }
        return owners
    }

    private func sticky() async throws {
        stage.act("Stickiness: a cookie brings a client back to its node")
        let address = try await cluster.startBalancer(.sticky)
        let first = try await ChatGuest.several(6, address, room: "lobby")
        stage.tell("6 clients, least connections at first: \(first.distribution)")
        let known = first.map { (node: $0.node, cookie: $0.cookie) }
        await first.leave()
        var returned = 0
        for (node, cookie) in known {
            let guest = try await ChatGuest(address, room: "lobby", cookie: cookie)
            _ = await Eventually.holds(within: .seconds(5)) { guest.node != nil }
            if guest.node == node, cookie != nil { returned += 1 }
            await guest.leave()
        }
        stage.check(returned == 6, "\(returned) of 6 come back to the node where they were")
        stage.tell(
            "A WebSocket needs none of this: it is one TCP connection, and stays where it is. What needs it is state")
        stage.tell("that one node alone has; and then a message still misses the clients of the others.")
        await cluster.stopBalancers()
    }
}

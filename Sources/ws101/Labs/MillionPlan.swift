import Foundation

/// The plan on paper for a million connections, from what one costs here.
struct MillionPlan {
    struct Figures: Codable, Sendable {
        let measured: ConnectionCost
        let connections: Int
        let nodes: Int
        let connectionsPerNode: Int
        /// In GiB.
        let processMemory: Double
        let kernelMemory: Double
        /// Seconds of one processor for one message to everybody.
        let broadcast: Double
        let localPorts: Int
        let handshakesPerSecond: Int
    }

    let figures: Figures

    private static let connections = 1_000_000
    private static let perNode = 50_000
    /// Of full jitter, in seconds.
    private static let cap = 30

    init(_ cost: ConnectionCost, localPorts: Int = MillionPlan.localPorts()) {
        let count = Double(MillionPlan.connections)
        figures = Figures(
            measured: cost, connections: MillionPlan.connections,
            // One that fails and one that is updated, at the same time.
            nodes: MillionPlan.connections / MillionPlan.perNode + 2, connectionsPerNode: MillionPlan.perNode,
            processMemory: count * cost.process / 0x1p30, kernelMemory: count * cost.kernel / 0x1p30,
            broadcast: count * cost.delivery / 1e6, localPorts: localPorts,
            handshakesPerSecond: MillionPlan.connections / MillionPlan.cap)
    }

    /// How many connections one address of this machine can have to one address and port of another.
    private static func localPorts() -> Int {
        let text = try? String(contentsOfFile: "/proc/sys/net/ipv4/ip_local_port_range", encoding: .utf8)
        let bounds = (text ?? "").split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        return bounds.count == 2 ? bounds[1] - bounds[0] + 1 : 28_232
    }

    var text: String {
        [measured, memory, descriptors, balancer, liveness, broker, reconnecting, streams].joined(separator: "\n\n")
    }

    private var cost: ConnectionCost { figures.measured }
    private var nodes: Int { figures.nodes }

    private var measured: String {
        """
        A million connections, on paper

        Measured here with \(cost.connections) idle connections, without compression and TLS:
          \(kib(cost.process)) of the server's process, each
          \(kib(cost.kernel)) of the kernel, each (sockets and files; buffers hold nothing while idle)
          \(number(cost.delivery)) µs of processor for one message to one member of a room
        """
    }

    private var memory: String {
        """
        Memory
          1,000,000 × (\(kib(cost.process)) + \(kib(cost.kernel))) = \(number(figures.processMemory + figures.kernelMemory)) GiB in all.
          Plan for what is on its way: every connection that is written to faster than it reads
          holds its send queue (here at most 2 MiB) and the kernel's buffer. 1 % of slow readers
          with full queues are 20 GiB: bound the queue, and choose what happens when it is full.
          permessage-deflate adds about 300 KiB to each connection that uses it: 286 GiB.
          TLS adds some 10 to 50 KiB; end it at the balancer, or measure.
        """
    }

    private var descriptors: String {
        """
        Nodes and descriptors
          \(MillionPlan.connections / MillionPlan.perNode) nodes with 50,000 each, and 2 more: one may fail while another is updated.
          A connection is a descriptor: LimitNOFILE=65536 on each node (at most \(cost.descriptorLimit) here).
          Few nodes make a failure expensive, for all of its clients come back at once; many make
          the broker's fan-out expensive. 50,000 is a compromise, not a limit of the machine.
        """
    }

    private var balancer: String {
        let addresses = (MillionPlan.perNode + figures.localPorts - 1) / figures.localPorts
        return """
            Balancer
              65,535 is no limit of a server: TCP knows a connection by both addresses and both ports.
              It is one for a balancer, whose connections to a node come from its own address: \(figures.localPorts)
              here, so 50,000 need \(addresses) source addresses (`source` in HAProxy), or more ports on each node.
              Least connections, time-outs longer than the heartbeat, and no reload that ends tunnels.
            """
    }

    private var liveness: String {
        """
        Liveness
          A Ping every 20 s to each is 50,000 Pings a second, \(50_000 / nodes) a node: cheap, and the only
          way to know the dead; without it their descriptors stay until TCP gives up, after hours.
        """
    }

    private var broker: String {
        """
        Broker
          A message to a room costs one publication, one copy to each node that has members of it,
          and one delivery a member. Rooms of 100, spread at random: every node has some of each, so
          the broker sends \(nodes) copies of every message; 10,000 messages a second are \(thousands(10_000 * nodes)) copies.
          Redis has one thread for that. Sharding rooms over nodes (consistent hash) takes the
          broker out of the way; sharding topics over several Redis servers divides the load.
          One message to everybody: 1,000,000 × \(number(cost.delivery)) µs = \(number(figures.broadcast)) s of processor, \
        \(number(figures.broadcast / Double(nodes))) s on \(nodes) nodes
          with one event loop each. Send the same bytes to all; never wait for the slowest.
        """
    }

    private var reconnecting: String {
        """
        Coming back
          All at once, with full jitter up to \(MillionPlan.cap) s: \(thousands(figures.handshakesPerSecond)) opening handshakes a second, \
        \(thousands(figures.handshakesPerSecond / nodes)) a node,
          each with TLS and authentication. Drain nodes one by one with 1012, over minutes.
          `ws101 lab storm` shows what happens without jitter.
        """
    }

    private var streams: String {
        """
        Where a stream replaces Pub/Sub
          Pub/Sub is at most once: a node that was away, or slow, never hears it. That is right for
          presence, cursors and prices, where only the newest counts. Where nothing may be lost:
          Redis Streams      rooms with a short history, one server's memory; what /resume uses here
          NATS JetStream     many subjects, consumers with acknowledgements, replicated over servers
          Kafka              an ordered log kept for days, read by others too; few partitions, so rooms
                             are hashed onto them, and a gateway node reads what its rooms need
          The number of the last message goes to the client in each case: it is what resumes.
        """
    }

    private func kib(_ bytes: Double) -> String { "\(number(bytes / 1024)) KiB" }

    private func number(_ value: Double) -> String { String(format: value < 10 ? "%.1f" : "%.0f", value) }

    private func thousands(_ value: Int) -> String { value.formatted(.number.locale(Locale(identifier: "en_US"))) }
}

import Foundation
import Transport

/// What one connection costs on this machine, measured with a server in a process of its own.
struct ConnectionCost: Codable, Sendable {
    /// Connections with which it was measured.
    let connections: Int
    /// Bytes of the server's process, each, idle.
    let process: Double
    /// Bytes of the kernel for one end of a connection, each, idle.
    let kernel: Double
    /// Microseconds of processor for one message to one member of a room.
    let delivery: Double
    /// Descriptors that one process may have here.
    let descriptorLimit: Int

    static func measure(connections: Int) async throws -> ConnectionCost {
        let program = try LabProgram(
            "ws101 serve", try LabTools.itself(),
            [
                "serve", "--listen", "127.0.0.1:0", "--room-members", "\(connections + 32)",
                "--max-connections", "\(connections + 64)", "--no-compression",
            ])
        do {
            let cost = try await measure(program, connections)
            await program.stop()
            return cost
        } catch {
            await program.stop()
            throw error
        }
    }

    private static func measure(_ program: LabProgram, _ count: Int) async throws -> ConnectionCost {
        let line = try await program.line(with: "serving ws://")
        guard let address = HostPort(String(line.split(separator: "/")[1])) else {
            throw Failure("the server did not say its address: \(line)")
        }
        try raiseDescriptorLimit(to: count + 256)
        let process = ProcessFigures(program.processIdentifier)
        // What is needed once is there before it is counted.
        let warm = try await members(16, address)
        try await speak(3, to: warm)
        let before = (memory: process.resident, kernel: ProcessFigures.slab)
        let guests = try await members(count, address)
        try await Task.sleep(for: .milliseconds(300))
        let after = (memory: process.resident, kernel: ProcessFigures.slab)
        let (rounds, began) = (20, process.processorTime)
        try await speak(rounds, to: warm + guests)
        let spent = process.processorTime - began
        for guest in warm + guests { guest.client.abort() }
        return ConnectionCost(
            connections: count, process: Double(after.memory - before.memory) / Double(count),
            // Both ends of each connection are on this machine.
            kernel: Double(max(after.kernel - before.kernel, 0)) / Double(2 * count),
            delivery: spent * 1e6 / Double(rounds * (count + 15)), descriptorLimit: descriptorLimit)
    }

    private static func members(_ count: Int, _ address: HostPort) async throws -> [CountingGuest] {
        var guests: [CountingGuest] = []
        for _ in 0..<count { guests.append(try await CountingGuest(address)) }
        return guests
    }

    /// The first says so many messages, each when the one before has reached everybody.
    private static func speak(_ rounds: Int, to guests: [CountingGuest]) async throws {
        for round in 1...rounds {
            let wanted = guests.dropFirst().map { $0.heard + 1 }
            guests[0].client.send("message \(round)")
            let reached = await Eventually.holds(within: .seconds(10)) {
                zip(guests.dropFirst(), wanted).allSatisfy { $0.heard >= $1 }
            }
            guard reached else { throw Failure("a message did not reach the whole room") }
        }
    }

    private static var descriptorLimit: Int {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Int(clamping: limit.rlim_max)
    }

    private static func raiseDescriptorLimit(to count: Int) throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_max >= rlim_t(count) else {
            throw Failure(
                "\(count) open files are needed, and this process may have \(limit.rlim_max)",
                next: "ulimit -Hn \(count), or measure with fewer: --connections \(max(Int(limit.rlim_max) - 256, 1))")
        }
        limit.rlim_cur = max(limit.rlim_cur, rlim_t(count))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

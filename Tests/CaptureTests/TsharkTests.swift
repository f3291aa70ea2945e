import Connection
import Foundation
import Testing
import Wire

@testable import Capture

/// Wireshark's own reading of what is written here, where it is installed.
@Suite("tshark", .enabled(if: Tshark.path != nil, "tshark is not installed"))
struct TsharkTests {
    private let scratch = Scratch()
    private static let start: UInt64 = 1_700_000_000_123_456_789

    @Test("dissects the upgrade and every frame, on any port, IPv4 and IPv6, plain and from within TLS")
    func dissects() throws {
        let ports: [UInt16] = [80, 443, 3000, 8080, 8443, 8765, 9001, 9443, 51544]
        let loopback6 = [UInt8](repeating: 0, count: 15) + [1]
        var segments: [Told] = []
        for (index, port) in ports.enumerated() {
            for (variant, ip) in [[127, 0, 0, 1], loopback6].enumerated() {
                let id = UInt32(2 * index + variant + 1)
                let opening = Opening(
                    client: Address(ip: ip, port: 40_000), server: Address(ip: ip, port: port), isTLS: variant == 1,
                    source: "proxy")
                segments += Recordings.echo(id, opening, messages: 3, start: Self.start + UInt64(id) * 100_000)
            }
        }
        let path = scratch.file("a.pcapng")
        _ = try Recordings.write(segments, to: path)

        let frames = try Tshark.fields(path, ["tcp.stream", "websocket.opcode"], filter: "websocket")
        #expect(frames.count == 18 * 8)
        let heads = try Tshark.fields(path, ["tcp.stream", "http.upgrade"], filter: "http.upgrade")
        #expect(Set(heads) == Set((0..<18).map { "\($0)\twebsocket" }))
        let texts = try Tshark.fields(path, ["websocket.payload.text"])
        #expect(texts == [String](repeating: "hello", count: 18 * 6))
        #expect(try Tshark.fields(path, ["tcp.port"], filter: Self.faults) == [])
        let names = try Tshark.fields(path, ["frame.interface_name"])
        #expect(Set(names) == ["proxy", "proxy, plaintext of TLS"])
    }

    /// What Wireshark finds wrong with packets.
    private static let faults =
        "tcp.analysis.flags || ip.checksum.status == 0 || tcp.checksum.status == 0 || _ws.malformed"

    @Test("joins a message of several packets, and reads times and comments")
    func details() throws {
        let opening = Opening(client: .loopback(40_000), server: .loopback(9001), source: "serve")
        var segments = Array(Recordings.echo(1, opening, messages: 0, start: Self.start).prefix(3))
        let payload = [UInt8](repeating: 0x61, count: 200_000)
        segments.append(
            Told(
                connection: 1, time: Self.start + 5000, kind: .bytes(from: .server),
                bytes: Recordings.frame(0x81, payload)))
        segments.append(Told(connection: 1, time: Self.start + 6001, kind: .effect("dropped a frame")))
        segments.append(Told(connection: 1, time: Self.start + 7000, kind: .reset(from: .server)))
        let path = scratch.file("a.pcapng")
        _ = try Recordings.write(segments, to: path)

        #expect(try Tshark.fields(path, ["websocket.payload_length_ext_64"]) == ["200000"])
        #expect(
            try Tshark.fields(path, ["frame.time_epoch"], filter: "tcp.flags.reset == 1") == ["1700000000.123463789"])
        let comments = try Tshark.fields(path, ["frame.comment"])
        #expect(comments == ["ws101 opened: source serve", "ws101 effect: dropped a frame"])
    }

    @Test("sees the gap where bytes are missing")
    func hole() throws {
        let opening = Opening(client: .loopback(40_000), server: .loopback(9001), source: "serve")
        var segments = Array(Recordings.echo(1, opening, messages: 2, start: Self.start).prefix(5))
        segments.append(Told(connection: 1, time: Self.start + 5000, kind: .hole(from: .client, count: 11)))
        segments.append(
            Told(
                connection: 1, time: Self.start + 6000, kind: .bytes(from: .client),
                bytes: Recordings.frame(0x81, Array("after".utf8), key: [1, 2, 3, 4])))
        let path = scratch.file("a.pcapng")
        _ = try Recordings.write(segments, to: path)
        #expect(
            try Tshark.fields(path, ["frame.comment"], filter: "tcp.analysis.lost_segment")
                == ["ws101 hole: 11 bytes from client missing"])
    }

    @Test("opens a recording that was appended to")
    func append() throws {
        let path = scratch.file("a.pcapng")
        for port in [9001, 9002] as [UInt16] {
            let opening = Opening(client: .loopback(40_000), server: .loopback(port), source: "serve")
            _ = try Recordings.write(Recordings.echo(1, opening, messages: 1, start: Self.start), to: path)
        }
        #expect(try Tshark.fields(path, ["websocket.opcode"]).count == 8)
    }

    @Test("puts the same bytes together from a capture of tcpdump")
    func reassembly() throws {
        let path = ForeignCaptureTests.path("ethernet.pcap")
        let collector = try Recordings.read(path).collector
        for connection in 1...5 as ClosedRange<UInt32> {
            let output = try Tshark.run(["-r", path, "-q", "-z", "follow,tcp,raw,\(connection - 1)"])
            // Behind a head of six lines, a line of hex for each packet; the server's begin with a tab.
            let lines = output.split(separator: "\n").filter { $0.allSatisfy { $0.isHexDigit || $0 == "\t" } }
            let client = lines.filter { !$0.hasPrefix("\t") }.joined()
            let server = lines.filter { $0.hasPrefix("\t") }.map { $0.dropFirst() }.joined()
            #expect(client == hex(collector.bytes(of: connection, from: .client)))
            #expect(server == hex(collector.bytes(of: connection, from: .server)))
        }
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

enum Tshark {
    static let path = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Values of fields, tabs between them, a line for each packet that has the first of them or fits the filter.
    static func fields(_ capture: String, _ names: [String], filter: String? = nil) throws -> [String] {
        let checks = ["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"]
        let output = try run(
            ["-r", capture, "-Y", filter ?? names[0], "-T", "fields"] + checks + names.flatMap { ["-e", $0] })
        return output.split(separator: "\n").map(String.init)
    }

    static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }
}

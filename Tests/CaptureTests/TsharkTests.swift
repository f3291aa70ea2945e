import Connection
import Foundation
import Testing
import Wire

@testable import Capture

/// Wireshark's own reading of what is written here, where it is installed.
@Suite(.enabled(if: Tshark.path != nil, "tshark is not installed"))
struct TsharkTests {
    private let scratch = Scratch()
    private static let start: UInt64 = 1_700_000_000_123_456_789

    private static let opcodes = ["websocket.opcode"]

    @Test(
        "tshark dissects the upgrade and every frame, on any port",
        arguments: [80, 443, 3000, 8080, 8443, 8765, 9001, 9443, 51544] as [UInt16], [false, true])
    func ports(_ port: UInt16, isTLS: Bool) throws {
        let path = scratch.file("a.pcapng")
        let opening = Opening(client: .loopback(40_000), server: .loopback(port), isTLS: isTLS, source: "proxy")
        _ = try Recordings.write(Recordings.echo(1, opening, messages: 3, start: Self.start), to: path)
        #expect(try Tshark.fields(path, ["websocket.opcode"]).count == 8)
        #expect(try Tshark.fields(path, ["http.upgrade"]) == ["websocket", "websocket"])
        #expect(try Tshark.fields(path, ["websocket.payload.text"]).count == 6)
    }
}

enum Tshark {
    static let path = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Values of fields, a line for each packet that has them.
    static func fields(_ capture: String, _ names: [String], filter: String? = nil) throws -> [String] {
        let output = try run(
            ["-r", capture, "-Y", filter ?? names[0], "-T", "fields"] + names.flatMap { ["-e", $0] })
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

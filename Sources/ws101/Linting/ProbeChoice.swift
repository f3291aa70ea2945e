import ArgumentParser
import Foundation
import Lint

/// What the probe is told beforehand.
struct ProbeChoice: ParsableArguments {
    @Option(
        name: [.customShort("H"), .long], help: "Probe: a header of every good request, 'Name: value'; may be repeated."
    )
    var header: [String] = []

    @Option(help: "Probe: offer this subprotocol; may be repeated, the preferred one first.")
    var subprotocol: [String] = []

    @Option(help: "Probe: the Origin of every good request, as a browser of yours would send it.")
    var origin: String?

    @Option(name: .customLong("allow-host"), help: "Probe: this host may be disturbed; may be repeated.")
    var allowedHosts: [String] = []

    @Flag(help: "Probe: wait for what takes a minute, too: a missing heartbeat, a half-sent request.")
    var slow = false

    @Option(
        help: """
            Probe: a text message that a good client sends, or a file with one, for a server that takes no others; \
            {fill} in it stands for text of any length.
            """)
    var message: String?

    @Option(help: "Probe: a text message, or a file with one, that costs the server much work: does it block?")
    var heavy: String?

    var options: ProbeOptions {
        get throws {
            var options = ProbeOptions()
            options.headers = try header.map(Connect.field)
            options.subprotocols = subprotocol
            options.origin = origin
            options.allowedHosts = Set(allowedHosts)
            options.isSlow = slow
            options.message = try message.map(ProbeChoice.message)
            options.heavy = try heavy.map(ProbeChoice.message)
            return options
        }
    }

    /// The text of the file of that name where there is one, else the name itself.
    private static func message(_ text: String) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: text, isDirectory: &isFolder), !isFolder.boolValue else {
            return text
        }
        let content = FileManager.default.contents(atPath: text)
        guard let content, content.count <= 8 << 20, let message = String(bytes: content, encoding: .utf8) else {
            throw Failure("\(text) is no readable text of at most 8 MiB", status: Failure.wrongUse)
        }
        return message
    }
}

import ArgumentParser
import Capture
import Connection
import Foundation
import Inspector
import Screen
import Transport

struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The screen: watch connections live, or look at a recording.",
        discussion: """
            ws101 watch                                a teaching server on 127.0.0.1, with demo traffic
            ws101 watch session.pcapng                 a recording, of ws101, tcpdump, tshark or Wireshark
            ws101 watch --proxy ws://127.0.0.1:8080    your server: point its clients at --listen
            """)

    @Argument(help: "A pcap or pcapng file to look at.")
    var file: String?

    @Option(help: "Watch the traffic of the server at this URL: ws://HOST:PORT or wss://HOST:PORT.")
    var proxy: String?

    @Option(help: "Where clients connect: HOST:PORT, or PORT on 127.0.0.1 (default: 9001, with --proxy 9002).")
    var listen: HostPort?

    @Option(help: "Record every byte to this pcapng file too; one that exists is appended to.")
    var record: String?

    @OptionGroup var trust: TrustOptions

    @Flag(inversion: .prefixedNo, help: "Demo traffic, until a real client connects.")
    var demo = true

    @Flag(help: "Plain lines instead of the screen, as when the output is no terminal.")
    var plain = false

    func validate() throws {
        guard file == nil || (proxy == nil && listen == nil && record == nil) else {
            throw ValidationError("A file is looked at as it is: leave out --proxy, --listen and --record.")
        }
    }

    func run() async throws {
        let isPlain = plain || isatty(STDOUT_FILENO) == 0 || isatty(STDIN_FILENO) == 0
        if let file {
            if isPlain { return try Show.print(file, filter: nil, format: .text, guesses: false) }
            return try await FileScreen(path: file).run()
        }
        let place = record.map(RecordingPlace.file) ?? .spool
        if isPlain {
            let live = try LivePlain(recordingTo: place)
            await live.run(try await source(tap: live.tap))
        } else {
            let live = try await LiveScreen(recordingTo: place, isPublic: proxy == nil)
            // In front of somebody's server one watches; the teaching server is there to learn with.
            let course = try await proxy == nil ? CourseScreen(opensAt: .place(.watch)) : nil
            try await live.run(try await source(tap: live.tap), course: course)
        }
    }

    private func source(tap: any Tap) async throws -> any LiveSource {
        guard let proxy else { return try await TeachingSource(listen: listen, hasDemo: demo, tap: tap) }
        var configuration = ProxyConfiguration(
            listen: listen ?? HostPort(host: "127.0.0.1", port: WatchDefaults.proxyPort),
            upstream: try WebSocketURL.asked(proxy))
        configuration.clientTLS = trust.tls
        return try await ProxySource(configuration, tap: tap)
    }
}

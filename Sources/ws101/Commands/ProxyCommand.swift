import ArgumentParser
import Capture
import Connection
import Transport

struct ProxyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proxy",
        abstract: "Stand between clients and a server, pass every byte on as it came, and record it.",
        discussion: """
            Example: ws101 proxy --listen 127.0.0.1:9002 --to ws://127.0.0.1:8080 --record session.pcapng

            Ends with Ctrl-C. The recording opens in Wireshark, in ws101 show and in ws101 watch.
            """)

    @OptionGroup var proxy: ProxyOptions
    @OptionGroup var recording: RecordingOptions

    func run() async throws {
        let configuration = try proxy.configuration()
        let recorder = try recording.recorder()
        let server = try await ProxyServer.start(configuration, tap: recorder) { notice in
            Output.diagnostic("ws101: \(notice)")
        }
        Output.diagnostic(
            "proxy on ws\(configuration.serverTLS == nil ? "" : "s")://\(server.address) to \(configuration.upstream)")
        if let file = recording.record { Output.diagnostic("recording to \(file)") }
        await StopSignal.wait()
        await server.stop(drain: .milliseconds(500))
        recorder?.close()
        let counts = server.counts
        Output.diagnostic(
            "connections: \(counts.accepted), of which the server could not be reached for: \(counts.refused)")
    }
}

/// Between whom a proxy stands; for `ws101 proxy` and `ws101 watch --proxy`.
struct ProxyOptions: ParsableArguments {
    @Option(help: "Where clients connect: HOST:PORT, or PORT on 127.0.0.1; port 0 takes a free one.")
    var listen: HostPort = HostPort(host: "127.0.0.1", port: 9002)

    @Option(name: .customLong("to"), help: "The server behind: ws://HOST:PORT or wss://HOST:PORT.")
    var upstream: String

    @OptionGroup var tlsFiles: ServerTLSOptions
    @OptionGroup var trust: TrustOptions

    @Flag(help: "Put the server's name in place of the client's Host (and of an Origin that names the same host).")
    var rewriteHost = false

    @Option(help: "Connections open at once; further ones wait.")
    var maxConnections = 1024

    func configuration() throws -> ProxyConfiguration {
        var configuration = ProxyConfiguration(listen: listen, upstream: try WebSocketURL.asked(upstream))
        configuration.serverTLS = try tlsFiles.files()
        configuration.clientTLS = trust.tls
        configuration.rewritesHost = rewriteHost
        configuration.maxConnections = maxConnections
        return configuration
    }
}

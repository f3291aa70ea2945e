import ArgumentParser
import Capture
import Connection
import Foundation
import Transport
import Wire

struct Connect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A client in the terminal: lines in, messages out.",
        discussion: """
            Lines are sent as text messages, what comes is printed behind "< ". Commands: /ping [TEXT], /binary HEX,
            /close [CODE [REASON]], /raw HEX (sends exactly these bytes), /help; a line that begins with // is sent
            with one slash. At the end of standard input replies are waited for, then the connection is closed with 1000.

            Example: printf 'hello\\n/ping\\n' | ws101 connect ws://127.0.0.1:9001/echo

            Exit status: 0 closed as it should be, 1 closed with an error or cut off, 3 no connection.
            """)

    @Argument(help: "ws://HOST:PORT/PATH or wss://HOST:PORT/PATH")
    var url: String

    @Option(name: [.customShort("H"), .long], help: "A header of the request, 'Name: value'; may be repeated.")
    var header: [String] = []

    @Option(help: "Offer this subprotocol; may be repeated, the preferred one first.")
    var subprotocol: [String] = []

    @Option(help: "Send this Origin, as a browser would.")
    var origin: String?

    @OptionGroup var trust: TrustOptions

    @Flag(inversion: .prefixedNo, help: "Offer permessage-deflate.")
    var compression = true

    @Flag(help: "Send every message back and read no lines: for test servers that drive a client.")
    var echo = false

    @Option(help: "Seconds to wait for replies after the last line of standard input.")
    var wait = 1.0

    @OptionGroup var recording: RecordingOptions

    func validate() throws {
        guard wait >= 0, wait <= 86_400 else { throw ValidationError("--wait is within 0…86400 seconds.") }
    }

    func run() async throws {
        var request = ClientRequest(try WebSocketURL.asked(url))
        request.fields = try header.map(Connect.field)
        request.origin = origin
        request.subprotocols = subprotocol
        request.compresses = compression
        request.tls = trust.tls
        let recorder = try recording.recorder()
        request.tap = recorder
        var options = ConnectSession.Options()
        options.echoes = echo
        options.patience = .milliseconds(Int64(wait * 1000))
        options.isInteractive = isatty(STDIN_FILENO) == 1
        let output = ConnectSession.Output(said: { Output.answer($0) }, noted: { Output.diagnostic($0) })
        defer { recorder?.close() }
        let status = try await ConnectSession.run(request, options, lines: StandardInput(), output)
        if status != 0 { throw ExitCode(status) }
    }

    static func field(_ text: String) throws -> (name: String, value: String) {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
            throw Failure("this is no header: \(text)", next: "write it as 'Name: value'", status: Failure.wrongUse)
        }
        let value = text[text.index(after: colon)...].drop { $0 == " " }
        return (String(text[..<colon]), String(value))
    }
}

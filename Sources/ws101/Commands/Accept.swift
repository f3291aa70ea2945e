import ArgumentParser
import Inspector
import Wire

struct Accept: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Derive Sec-WebSocket-Accept from a key, step by step (RFC 6455 §4.2.2).",
        discussion: "Example: ws101 accept dGhlIHNhbXBsZSBub25jZQ==\n\nExit status 1 where the key is not valid.")

    @Argument(help: "The value of Sec-WebSocket-Key, as the client sent it.")
    var key: String

    func run() throws {
        let explanation = AcceptExplanation(AcceptKey(key: key))
        Output.answer(explanation.lines.joined(separator: "\n"))
        if !explanation.isKeyValid { throw ExitCode(Failure.failedCheck) }
    }
}

import ArgumentParser
import Foundation
import Inspector
import Wire

struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain every bit of a frame (RFC 6455 §5.2).",
        discussion: """
            Example: ws101 decode 81 85 37 fa 21 3d 7f 9f 4d 51 58

            Several frames may stand one after the other. Exit status 1 where a frame breaks a rule or is cut off.
            """)

    @Argument(help: "The bytes in hexadecimal, together or apart; - reads them from standard input.")
    var hex: [String]

    @Option(help: "Who sent it: client or server; left out, the mask tells.")
    var from: Side?

    func run() throws {
        let text = hex == ["-"] ? Decode.standardInput() : hex.joined(separator: " ")
        let bytes: [UInt8]
        do {
            bytes = try HexBytes.parse(text)
        } catch {
            throw Failure("these are no bytes in hexadecimal: \(error)", status: Failure.wrongUse)
        }
        let explanation = FrameExplanation(bytes, sender: from)
        Output.answer(explanation.lines.joined(separator: "\n"))
        if !explanation.violations.isEmpty || !explanation.isComplete { throw ExitCode(Failure.failedCheck) }
    }

    private static func standardInput() -> String {
        String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }
}

import ArgumentParser
import Foundation
import Transport

/// How much a client may send.
struct LimitOptions: ParsableArguments {
    @Option(help: "The longest message in bytes, after inflation; longer ones end with 1009.")
    var maxMessage = 1 << 20

    @Option(
        help:
            "Fragments of a message that may be of any size; beyond them each has to bring 32 bytes on average, or 1009."
    )
    var maxFragments = 4096

    @Option(help: "Connections open at once; further ones get a 503.")
    var maxConnections = 16_384

    @Option(help: "Messages and pings a second that a client may send over time; more end with 1008.")
    var rate: Double?

    @Option(help: "Messages and pings at once after a silence, with --rate (default: twice the rate).")
    var burst: Double?

    @Option(
        help: ArgumentHelp(
            """
            Every message must be JSON that meets this JSON Schema 2020-12; others end with 1008, binary with 1003, no JSON \
            with 1007.
            """, valueName: "file"))
    var schema: String?

    func validate() throws {
        guard maxMessage > 0, maxConnections > 0, maxFragments > 0 else {
            throw ValidationError("--max-message, --max-fragments and --max-connections are at least 1.")
        }
        guard rate.map({ $0 > 0 }) ?? true, burst.map({ $0 >= 1 }) ?? true else {
            throw ValidationError("--rate is above 0, --burst at least 1.")
        }
        guard burst == nil || rate != nil else { throw ValidationError("--burst is for --rate; give both.") }
    }

    func apply(to options: inout WebSocketServer.Options) throws {
        options.maximumMessage = maxMessage
        options.maximumFragments = maxFragments
        options.maximumConnections = maxConnections
        options.rateLimit = rate.map { RateLimit(perSecond: $0, burst: burst) }
        options.schema = try schema.map(LimitOptions.read)
    }

    private static func read(_ path: String) throws -> JSONSchema {
        guard let bytes = FileManager.default.contents(atPath: path),
            let text = String(validating: bytes, as: UTF8.self)
        else {
            throw Failure("cannot read the schema \(path)", next: "it must be a readable file in UTF-8.")
        }
        do {
            return try JSONSchema(parsing: text)
        } catch {
            throw Failure(
                "\(path) is no schema that can be enforced: \(error)", next: "mend it, or leave out --schema.",
                status: Failure.wrongUse)
        }
    }
}

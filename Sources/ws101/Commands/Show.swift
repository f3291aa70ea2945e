import ArgumentParser
import Capture
import Connection
import Foundation
import Inspector

struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what a recording holds, one line an event.",
        discussion: """
            Reads pcap and pcapng of ws101, tcpdump, tshark and Wireshark; times are UTC.

            Filter: \(FilterField.all.map(\.name).joined(separator: ", "))
            Examples: --filter 'opcode == ping'   --filter 'from client && len > 125'   --filter 'text contains "hi"'
            """)

    @Argument(help: "A pcap or pcapng file.")
    var file: String

    @Option(help: "text for people, jsonl for machines: a JSON object a line.")
    var format: PrintFormat = .text

    @Option(help: "Print only the events that this expression matches.")
    var filter: String?

    @Flag(help: "Where the capture begins inside a connection, guess where a frame begins (and say so).")
    var guess = false

    func run() throws {
        try Show.print(file, filter: filter, format: format, guesses: guess)
    }

    /// Prints all of a file to standard output, and what a reader should know about the file to standard error.
    static func print(_ file: String, filter: String?, format: PrintFormat, guesses: Bool) throws {
        let filter = try filter.map(Filter.asked)
        switch format {
        case .text:
            try print(file, through: filter, guesses, TextPrinter { Output.write($0, to: STDOUT_FILENO) }) {
                $0.flush()
            }
        case .jsonl:
            try print(file, through: filter, guesses, JSONLPrinter { Output.write($0, to: STDOUT_FILENO) }) {
                $0.flush()
            }
        }
    }

    private static func print<Printer: EventPrinter>(
        _ file: String, through filter: Filter?, _ guesses: Bool, _ printer: Printer, flush: (inout Printer) -> Void
    ) throws {
        guard let filter else {
            return try read(file, guesses, into: printer, flush)
        }
        try read(file, guesses, into: FilteredSink(filter, sink: printer)) { flush(&$0.sink) }
    }

    private static func read<Sink: EventSink>(
        _ file: String, _ guesses: Bool, into sink: Sink, _ flush: (inout Sink) -> Void
    ) throws {
        var limits = ObserverLimits.default
        limits.guesses = guesses
        var observer = Observer(sink: sink, limits: limits)
        var reader = try CaptureReader(path: file)
        let result = Result { () throws(CaptureError) in try reader.read(into: &observer) }
        observer.finish()
        flush(&observer.sink)
        for warning in try result.get().warnings { Output.diagnostic("ws101: \(file): \(warning)") }
    }
}

extension PrintFormat: ExpressibleByArgument {}

extension Filter {
    /// An expression of the command line, or what is wrong with it as wrong use.
    static func asked(_ text: String) throws -> Filter {
        do {
            return try Filter(text)
        } catch {
            throw Failure("this is no filter: \(text)", next: error.description, status: Failure.wrongUse)
        }
    }
}

import ArgumentParser
import Foundation
import Transport

struct LabCompare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "What one would use instead: the same events by WebSocket, SSE, long and short polling.",
        discussion: """
            Each has a server of its own on 127.0.0.1 and the same number of clients; all serve the same source of events \
            at the same time, with random gaps. Then the same CRUD by HTTP and over a socket.
            """)

    @Option(help: "Events, 1 to 10000.")
    var events = 60

    @Option(help: "Clients of each, 1 to 200.")
    var clients = 20

    @Option(help: "Milliseconds between two events, on average.")
    var gap = 100

    @Option(help: "Milliseconds between two short polls.")
    var pollInterval = 500

    @Option(help: "Bytes of an event's text.")
    var bytes = 64

    @Flag(help: "Print one JSON object with all figures at the end.")
    var json = false

    @Option(help: "Also write a picture of it to this file.")
    var svg: String?

    func validate() throws {
        guard (1...10_000).contains(events), (1...200).contains(clients), (1...60_000).contains(gap),
            (10...60_000).contains(pollInterval), (0...10_000).contains(bytes)
        else {
            throw ValidationError(
                "--events is within 1…10000, --clients 1…200, --gap 1…60000, --poll-interval 10…60000, --bytes 0…10000."
            )
        }
    }

    private var options: ComparisonOptions {
        var options = ComparisonOptions()
        options.events = events
        options.clients = clients
        options.meanGap = .milliseconds(gap)
        options.pollInterval = .milliseconds(pollInterval)
        options.bytes = bytes
        options.patience = max(.seconds(5), .milliseconds(4 * pollInterval))
        return options
    }

    func run() async throws {
        let options = options
        let drawing = CompareDrawing(options)
        let live = LiveLines(.standardOutput, isSilent: json)
        if !json { Output.answer(drawing.title) }
        let (results, crud) = try await LabTools.interruptibly {
            let results = try await Comparison.run(options) { live.replace(with: drawing.lines($0)) }
            live.finish(with: drawing.lines(results))
            return (results, try await CRUDComparison.run())
        }
        let report = CompareReport(options, results, crud)
        Output.answer(json ? try LabJSON.text(report) : drawing.crud(crud))
        if let svg { try write(ComparePicture(options, results).text, to: svg) }
        if results.contains(where: { $0.heard < $0.expected }) { throw ExitCode(Failure.failedCheck) }
    }

    private func write(_ text: String, to file: String) throws {
        do {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        } catch {
            throw Failure("\(file) cannot be written: \(error.localizedDescription)")
        }
    }
}

/// The figures for programs.
struct CompareReport: Codable {
    struct Row: Codable {
        let transport: FeedTransport
        let heard: Int
        let expected: Int
        /// In milliseconds: the median, and what 90 % and 99 % are within.
        let p50: Double?
        let p90: Double?
        let p99: Double?
        let bytesReceived: Int
        let bytesSent: Int
        let requests: Int
        let processorMilliseconds: Double
        let openConnections: Int
    }

    let events: Int
    let clients: Int
    let pollIntervalMilliseconds: Int
    let transports: [Row]
    let crud: [CRUDComparison.Step]

    init(_ options: ComparisonOptions, _ results: [ComparedTransport], _ crud: CRUDComparison) {
        events = options.events
        clients = options.clients
        pollIntervalMilliseconds = Int(options.pollInterval / .milliseconds(1))
        transports = results.map { result in
            Row(
                transport: result.transport, heard: result.heard, expected: result.expected, p50: result.latency(0.5),
                p90: result.latency(0.9), p99: result.latency(0.99), bytesReceived: result.wire.received,
                bytesSent: result.wire.sent, requests: result.wire.requests,
                processorMilliseconds: result.processor / .milliseconds(1), openConnections: result.wire.mostOpen)
        }
        self.crud = crud.steps
    }
}

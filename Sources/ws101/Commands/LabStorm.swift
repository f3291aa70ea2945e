import ArgumentParser
import Foundation
import Transport

struct LabStorm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storm",
        abstract: "A server goes down with all its clients: how they come back under each policy.",
        discussion: """
            Real connections to a real server on 127.0.0.1. It resets all of them at once, is gone for a while, and then \
            takes only so many opening handshakes a second; more get a 503. Delays are ten times as short as in life.
            """)

    @Option(help: "Clients, 10 to 2000.")
    var clients = 500

    @Option(help: "How long the server is gone, in milliseconds.")
    var outage = 1000

    @Option(help: "Opening handshakes that it takes in a second when it is back.")
    var capacity = 250

    @Option(help: "Seconds until a policy is given up.")
    var limit = 8

    @Option(
        name: .customLong("policy"), help: "Only this policy: none, fixed, exponential, full-jitter. May be repeated.")
    var names: [String] = []

    @Flag(help: "Print one JSON object with every histogram at the end, instead of drawing.")
    var json = false

    private var options: StormOptions {
        var options = StormOptions()
        options.clients = clients
        options.outage = .milliseconds(outage)
        options.capacity = capacity
        options.limit = .seconds(limit)
        if !names.isEmpty { options.policies = options.policies.filter { names.contains($0.name) } }
        return options
    }

    func validate() throws {
        guard (10...2000).contains(clients) else { throw ValidationError("--clients is within 10…2000.") }
        guard (0...10_000).contains(outage), (10...100_000).contains(capacity), (1...60).contains(limit) else {
            throw ValidationError("--outage is within 0…10000, --capacity within 10…100000, --limit within 1…60.")
        }
        let known = StormOptions().policies.map(\.name)
        if let unknown = names.first(where: { !known.contains($0) }) {
            throw ValidationError("There is no policy \"\(unknown)\". There are: \(known.joined(separator: ", ")).")
        }
    }

    func run() async throws {
        let options = options
        let drawing = StormDrawing(options, shape: .standardOutput)
        if !json { Output.answer(drawing.title) }
        let isSilent = json
        let results = try await LabTools.interruptibly {
            var results: [StormResult] = []
            for policy in options.policies {
                if Task.isCancelled { break }
                let live = LiveLines(.standardOutput, isSilent: isSilent)
                let result = try await Storm.run(options, policy) { live.replace(with: drawing.lines($0)) }
                live.finish(with: drawing.lines(result))
                results.append(result)
            }
            return results
        }
        Output.answer(json ? try LabJSON.text(StormReport(options, results)) : drawing.summary(results))
    }
}

/// The results for programs.
struct StormReport: Codable {
    struct Policy: Codable {
        let policy: String
        let attempts: [Int]
        let accepted: [Int]
        let total: Int
        let wasted: Int
        let peak: Int
        let back: Int
        let allBackAfterMilliseconds: Int?
    }

    let clients: Int
    let outageMilliseconds: Int
    let capacityPerSecond: Int
    let bucketMilliseconds: Int
    let policies: [Policy]

    init(_ options: StormOptions, _ results: [StormResult]) {
        clients = options.clients
        outageMilliseconds = Int(options.outage / .milliseconds(1))
        capacityPerSecond = options.capacity
        bucketMilliseconds = Int(StormOptions.bucket / .milliseconds(1))
        policies = results.map { result in
            Policy(
                policy: result.policy.name, attempts: result.attempts, accepted: result.accepted, total: result.total,
                wasted: result.wasted, peak: result.peak, back: result.back,
                allBackAfterMilliseconds: result.allBack.map { Int($0 / .milliseconds(1)) })
        }
    }
}

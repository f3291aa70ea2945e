import Connection
import Foundation

/// The same events by every transport at the same time, each with its own server and clients.
package struct ComparisonOptions: Hashable, Sendable {
    package var events = 60
    /// Of each transport.
    package var clients = 20
    /// Between two events, on average: the gaps are exponential, as those of a Poisson process are.
    package var meanGap = Duration.milliseconds(100)
    /// Of short polling.
    package var pollInterval = Duration.milliseconds(500)
    /// Of the text of an event.
    package var bytes = 64
    /// How long the last events may take.
    package var patience = Duration.seconds(10)
    package var transports = FeedTransport.allCases

    package init() {}
}

/// What one transport cost, and how late its events were.
package struct ComparedTransport: Hashable, Sendable {
    package let transport: FeedTransport
    /// Events that came, of all clients together; and those that should have.
    package let heard: Int
    package let expected: Int
    /// From the event to the client, in milliseconds, in ascending order.
    package let latencies: [Double]
    package let wire: WireCount.Figures
    /// Of the server's event loop.
    package let processor: Duration

    package var bytes: Int { wire.received + wire.sent }

    /// - Parameter share: Within 0…1.
    /// - Returns: In milliseconds; nil where nothing came.
    package func latency(_ share: Double) -> Double? {
        guard !latencies.isEmpty else { return nil }
        return latencies[min(Int(share * Double(latencies.count)), latencies.count - 1)]
    }
}

package enum Comparison {
    /// - Parameters:
    ///   - random: Where the gaps come from.
    ///   - progress: Told the figures so far, some times a second.
    package static func run(
        _ options: ComparisonOptions, random: some RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        progress: @Sendable ([ComparedTransport]) -> Void = { _ in }
    ) async throws(TransportError) -> [ComparedTransport] {
        let source = FeedSource(kept: options.events)
        var runs: [ComparisonRun] = []
        do {
            for transport in options.transports {
                runs.append(try await ComparisonRun.start(transport, source, options))
            }
            for run in runs { try await run.ready() }
        } catch {
            for run in runs { await run.stop() }
            throw error
        }
        let ending = Clock.now().adding(nanoseconds: emissionTime(options) + options.patience.inNanoseconds)
        let emission = Task { await emit(options, source, random) }
        while Clock.now() < ending, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(100))
            progress(await results(runs))
            if source.count == options.events, runs.allSatisfy(\.isComplete) { break }
        }
        emission.cancel()
        let results = await results(runs)
        for run in runs { await run.stop() }
        return results
    }

    /// Far more than is likely.
    private static func emissionTime(_ options: ComparisonOptions) -> Int64 {
        options.meanGap.inNanoseconds * Int64(2 * options.events + 20)
    }

    private static func emit(
        _ options: ComparisonOptions, _ source: FeedSource, _ random: some RandomNumberGenerator
    ) async {
        var random = random
        let text = String(repeating: "x", count: options.bytes)
        for _ in 0..<options.events {
            let gap = -log(Double.random(in: 0.0001...1, using: &random))
            try? await Task.sleep(for: options.meanGap * gap)
            if Task.isCancelled { return }
            source.emit(text, at: Clock.now())
        }
    }

    private static func results(_ runs: [ComparisonRun]) async -> [ComparedTransport] {
        var results: [ComparedTransport] = []
        for run in runs { results.append(await run.result()) }
        return results
    }
}

import Dispatch
import Foundation

/// Waits for the person, or the system, to ask for an end: SIGINT, SIGTERM or SIGHUP.
///
/// The first one lets everything close cleanly; a second one ends the program at once.
enum StopSignal {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    static func wait() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingNewest(1))
        let sources = signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
        for await _ in stream { break }
        for source in sources { source.cancel() }
        for number in signals { signal(number, SIG_DFL) }
    }
}

import Dispatch
import Glibc

/// Signals that ask a program to end.
package enum Signal {
    /// Returns at the first SIGINT or SIGTERM, or when the task is cancelled. A second signal ends the program at once,
    /// as if nobody listened.
    package static func interruption() async {
        let signals = [SIGINT, SIGTERM]
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let sources = signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        for await _ in stream { break }
        for source in sources { source.cancel() }
        for number in signals { signal(number, SIG_DFL) }
    }
}

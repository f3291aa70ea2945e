import Connection
import Inspector
import Lint

/// Shows every event to the log and to the linter.
struct LintedLog: EventSink {
    let log: Log
    let linter: Linter

    mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        log.receive(event, payload: payload)
        linter.receive(event, payload: payload)
    }
}

package import Connection
import Wire

/// Hands on the events that a filter lets through.
package struct FilteredSink<Sink: EventSink>: EventSink {
    package var sink: Sink
    private let filter: Filter
    private var paths: [ConnectionID: String] = [:]

    package init(_ filter: Filter, sink: Sink) {
        self.filter = filter
        self.sink = sink
    }

    package mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        if case .head(let head) = event.kind, let target = head.head.target { paths[event.connection] = target }
        if filter.matches(event, payload: payload, path: paths[event.connection]) {
            sink.receive(event, payload: payload)
        }
        if case .closed = event.kind { paths[event.connection] = nil }
    }
}

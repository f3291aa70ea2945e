import Connection
package import Wire

/// Which rules bytes of one side break, as an observer of the connection sees it.
package enum WireJudge {
    private struct Sink: EventSink {
        var rules: [Violation.Rule] = []

        mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
            if case .frame(let frame) = event.kind { rules += frame.violations.map(\.rule) }
        }
    }

    /// - Parameters:
    ///   - bytes: What the side sends behind the opening handshake.
    ///   - isCompressed: permessage-deflate was agreed on.
    package static func violations(
        in bytes: [UInt8], from side: Side, isCompressed: Bool = false
    ) -> [Violation.Rule] {
        var observer = Observer(sink: Sink())
        let id = ConnectionID(rawValue: 1)
        let time = Timestamp(nanoseconds: 1)
        func tell(_ kind: Segment.Kind, _ bytes: [UInt8] = []) {
            observer.receive(Segment(connection: id, time: time, kind: kind), bytes.span)
        }
        let key = "dGhlIHNhbXBsZSBub25jZQ=="
        tell(.opened(Opening(client: .loopback(1), server: .loopback(2), source: "lesson")))
        let offer = isCompressed ? "permessage-deflate" : nil
        let request = try? OpeningHandshake.request(target: "/", host: "127.0.0.1:2", key: key, extensions: offer)
        let response = try? OpeningHandshake.response(key: key, extensions: offer)
        tell(.bytes(from: .client), request ?? [])
        tell(.bytes(from: .server), response ?? [])
        tell(.bytes(from: side), bytes)
        return observer.sink.rules
    }
}

package import Connection
package import Wire

/// A tap whose connections bear the name of who made them.
package final class NamedTap: Tap {
    private let base: any Tap
    private let name: String

    package init(_ base: any Tap, name: String) {
        self.base = base
        self.name = name
    }

    package func open(_ opening: Opening, at time: Timestamp) -> ConnectionID {
        base.open(
            Opening(
                client: opening.client, server: opening.server, isTLS: opening.isTLS,
                isMidstream: opening.isMidstream, source: name),
            at: time)
    }

    package func bytes(
        _ connection: ConnectionID, from side: Side, at time: Timestamp, _ bytes: UnsafeRawBufferPointer
    ) -> TapDemand {
        base.bytes(connection, from: side, at: time, bytes)
    }

    package func note(_ connection: ConnectionID, _ kind: Segment.Kind, at time: Timestamp) {
        base.note(connection, kind, at: time)
    }

    package func whenDrained(_ resume: @escaping @Sendable () -> Void) { base.whenDrained(resume) }
}

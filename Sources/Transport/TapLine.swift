package import Connection
package import NIOCore
package import Wire

/// One connection's line to the tap: what goes over it is told, and reading waits while the tap has no room.
///
/// Lives on the connection's event loop. A handler that reads asks `mayRead` in `read(context:)`, and is called back
/// through `resume` when it answered false.
package final class TapLine {
    private let tap: any Tap
    private let connection: ConnectionID
    private let eventLoop: any EventLoop
    private let resume: () -> Void
    /// Somebody else who is told of this one connection, too.
    private var second: (tap: any Tap, connection: ConnectionID)?
    private var isPaused = false
    private var fins: Set<Side> = []
    private var isReset = false

    /// - Parameter resume: Called on the event loop when there is room again.
    package init(
        _ tap: any Tap, _ opening: Opening, at time: Timestamp, on eventLoop: any EventLoop,
        resume: @escaping () -> Void
    ) {
        self.tap = tap
        self.eventLoop = eventLoop
        self.resume = resume
        connection = tap.open(opening, at: time)
    }

    /// False while the tap asked to pause.
    package var mayRead: Bool { !isPaused }

    package func bytes(from side: Side, at time: Timestamp, _ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        if tap.bytes(connection, from: side, at: time, bytes) == .pause { pause() }
        if let second { _ = second.tap.bytes(second.connection, from: side, at: time, bytes) }
    }

    /// Tells another tap, too, from now on. It has no say in when to read.
    func join(_ tap: any Tap, _ connection: ConnectionID) { second = (tap, connection) }

    /// Told once a side, however often it is seen.
    package func fin(from side: Side, at time: Timestamp) {
        guard !isReset, fins.insert(side).inserted else { return }
        note(.fin(from: side), at: time)
    }

    package func reset(from side: Side, at time: Timestamp) {
        guard !isReset else { return }
        isReset = true
        note(.reset(from: side), at: time)
    }

    private func note(_ kind: Segment.Kind, at time: Timestamp) {
        tap.note(connection, kind, at: time)
        if let second { second.tap.note(second.connection, kind, at: time) }
    }

    /// What was changed on the way, in words.
    package func effect(_ text: String, at time: Timestamp) { tap.note(connection, .effect(text), at: time) }

    private func pause() {
        guard !isPaused else { return }
        isPaused = true
        let line = NIOLoopBound(self, eventLoop: eventLoop)
        let eventLoop = eventLoop
        tap.whenDrained { eventLoop.execute { line.value.unpause() } }
    }

    private func unpause() {
        isPaused = false
        resume()
    }
}

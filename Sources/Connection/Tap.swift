package import Wire

/// Where a transport tells what goes over its connections; called on event loops, from several threads.
///
/// Backpressure is real: what is told is always taken, and the answer says when to stop reading from the connection.
package protocol Tap: AnyObject, Sendable {
    /// A connection was accepted or made. The identifier is for all further calls.
    func open(_ opening: Opening, at time: Timestamp) -> ConnectionID

    /// Bytes that `side` sent. They are copied before the call returns.
    /// - Returns: `.pause` asks the caller to read no more from any tapped connection until `whenDrained` calls back.
    func bytes(_ connection: ConnectionID, from side: Side, at time: Timestamp, _ bytes: UnsafeRawBufferPointer)
        -> TapDemand

    /// Anything but `.opened` and `.bytes`.
    func note(_ connection: ConnectionID, _ kind: Segment.Kind, at time: Timestamp)

    /// Calls back once, from any thread, when there is room again; at once where there already is.
    func whenDrained(_ resume: @escaping @Sendable () -> Void)
}

package enum TapDemand: Hashable, Sendable {
    case `continue`, pause
}

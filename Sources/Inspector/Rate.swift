/// What happened in one second.
package struct Rate: Hashable, Sendable {
    package var frames: UInt32 = 0
    /// Of payloads, as they were on the wire.
    package var bytes: UInt64 = 0

    package init() {}
}

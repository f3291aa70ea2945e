package import Connection
package import Wire

/// Takes what transports tell, writes it to a recording and hands it on, all on a thread of its own.
///
/// A segment reaches the sink after it is on disk, with its `location`; `location` is nil once writing has failed.
package final class Recorder<Sink: SegmentSink>: Tap, @unchecked Sendable {
    /// What is on disk so far.
    package let recording: Recording

    /// - Parameters:
    ///   - place: Where to record.
    ///   - sink: Gets every segment, on the recorder's thread.
    ///   - didDrain: Called on the recorder's thread when a batch of segments has reached the sink.
    ///   - didFail: Called once, on the recorder's thread, when the recording cannot be continued. Segments reach the
    ///     sink as before.
    package init(
        to place: RecordingPlace, sink: sending Sink, didDrain: @escaping @Sendable () -> Void = {},
        didFail: @escaping @Sendable (CaptureError) -> Void
    ) throws(CaptureError) { fatalError("declared, to be written next") }

    package func open(_ opening: Opening, at time: Timestamp) -> ConnectionID { ConnectionID(rawValue: 1) }

    package func bytes(
        _ connection: ConnectionID, from side: Side, at time: Timestamp, _ bytes: UnsafeRawBufferPointer
    ) -> TapDemand { .continue }

    package func note(_ connection: ConnectionID, _ kind: Segment.Kind, at time: Timestamp) {}

    package func whenDrained(_ resume: @escaping @Sendable () -> Void) { resume() }

    /// Returns when everything told so far is on disk and has reached the sink.
    package func flush() {}

    /// Flushes and ends the thread; what is told afterwards is lost. Once only.
    package func close() {}
}

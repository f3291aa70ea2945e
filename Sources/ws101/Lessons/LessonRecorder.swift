import Capture
import Connection
import Inspector
import Transport
import Tutor

/// Records what goes over a lab's connections, and shows it to the lab's checks and to whoever wants to see it.
struct LessonRecorder<Sink: EventSink & SendableMetatype> {
    /// Shows segments to both.
    struct Tee: SegmentSink {
        var observer: Observer<Sink>
        var lab: LabWatchSink

        mutating func receive(_ segment: Segment, _ bytes: Span<UInt8>) {
            observer.receive(segment, bytes)
            lab.receive(segment, bytes)
        }
    }

    let recorder: Recorder<Tee>
    let watch: LabWatch

    /// - Parameter sink: Gets every event, on the recorder's thread.
    init(
        to place: RecordingPlace = .spool, sink: sending Sink,
        didFail: @escaping @Sendable (CaptureError) -> Void
    ) throws(CaptureError) {
        let watch = LabWatch()
        self.watch = watch
        recorder = try Recorder(
            to: place, sink: Tee(observer: Observer(sink: sink), lab: watch.sink), didDrain: { watch.didDrain() },
            didFail: didFail)
    }

    var tap: any Tap { recorder }
}

/// For who needs no events.
struct NoEvents: EventSink {
    mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {}
}

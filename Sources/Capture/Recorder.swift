package import Connection
package import Wire

/// Takes what transports tell, writes it to a recording and hands it on, all on a thread of its own.
///
/// A segment reaches the sink after it is on disk, with its `location`; `location` is nil once writing has failed.
/// What is told is copied once, into the batch that is being filled, while the thread drains another: it takes what has
/// come together every 10 ms, or as soon as there is a mebibyte, so that a live view is never far behind and a process
/// that is killed loses no more than that. Where the thread falls behind, the filled batch tells the transports to pause.
package final class Recorder<Sink: SegmentSink & SendableMetatype>: Tap, @unchecked Sendable {
    /// What is on disk so far.
    package let recording: Recording

    // Guarded by the monitor.
    private let monitor = Monitor()
    private var filling = SegmentBatch(capacity: RecorderLimits.full + RecorderLimits.overshoot)
    private var waiting: [@Sendable () -> Void] = []
    private var lastID: UInt32 = 0
    /// Segments are in the order of their time, which threads may have read in another order than they tell it.
    private var lastTime = Timestamp(nanoseconds: 0)
    private var isParked = false
    private var isHurried = false
    private var isClosing = false
    private var isFinished = false
    /// How many segments were told, and how many of them were handed on.
    private var told: UInt64 = 0
    private var drained: UInt64 = 0
    private var writeFailure: CaptureError?

    // The thread's own.
    private var draining = SegmentBatch(capacity: RecorderLimits.full + RecorderLimits.overshoot)
    private var hasFailed = false
    private let writer: PcapngWriter
    private var sink: Sink
    private let didDrain: @Sendable () -> Void
    private let didFail: @Sendable (CaptureError) -> Void

    /// - Parameters:
    ///   - place: Where to record.
    ///   - sink: Gets every segment, on the recorder's thread.
    ///   - didDrain: Called on the recorder's thread when a batch of segments has reached the sink.
    ///   - didFail: Called once, on the recorder's thread, when the recording cannot be continued. Segments reach the
    ///     sink as before.
    package convenience init(
        to place: RecordingPlace, sink: sending Sink, didDrain: @escaping @Sendable () -> Void = {},
        didFail: @escaping @Sendable (CaptureError) -> Void
    ) throws(CaptureError) {
        self.init(try PcapngWriter(place), sink: sink, didDrain: didDrain, didFail: didFail)
    }

    init(
        _ writer: sending PcapngWriter, sink: sending Sink, didDrain: @escaping @Sendable () -> Void,
        didFail: @escaping @Sendable (CaptureError) -> Void
    ) {
        self.writer = writer
        self.sink = sink
        self.didDrain = didDrain
        self.didFail = didFail
        recording = writer.recording
        BackgroundThread.start { self.run() }
    }

    /// Why the recording has stopped; nil as long as it goes on.
    package var failure: CaptureError? { monitor.withLock { writeFailure } }

    // MARK: Tap

    package func open(_ opening: Opening, at time: Timestamp) -> ConnectionID {
        monitor.lock()
        defer { monitor.unlock() }
        lastID += 1
        let id = ConnectionID(rawValue: lastID)
        take(at: time) { $0.append(id, .opened(opening), at: $1) }
        return id
    }

    package func bytes(
        _ connection: ConnectionID, from side: Side, at time: Timestamp, _ bytes: UnsafeRawBufferPointer
    ) -> TapDemand {
        monitor.lock()
        defer { monitor.unlock() }
        take(at: time) { $0.append(connection, from: side, at: $1, bytes) }
        return isFull ? .pause : .continue
    }

    package func note(_ connection: ConnectionID, _ kind: Segment.Kind, at time: Timestamp) {
        monitor.lock()
        defer { monitor.unlock() }
        take(at: time) { $0.append(connection, kind, at: $1) }
    }

    package func whenDrained(_ resume: @escaping @Sendable () -> Void) {
        monitor.lock()
        let isFull = isFull
        if isFull { waiting.append(resume) }
        monitor.unlock()
        if !isFull { resume() }
    }

    private var isFull: Bool { filling.size >= RecorderLimits.full && !isClosing }

    /// Under the lock: adds a segment, and wakes the thread where it has to know.
    private func take(at time: Timestamp, _ append: (SegmentBatch, Timestamp) -> Void) {
        guard !isClosing else { return }
        lastTime = max(lastTime, time)
        append(filling, lastTime)
        told += 1
        let isLarge = !isHurried && filling.size >= RecorderLimits.hurry
        if isLarge { isHurried = true }
        if isLarge || isParked { monitor.signal(.work) }
        isParked = false
    }

    // MARK: Ends

    /// Returns when everything told so far is on disk and has reached the sink. Not to be called by the sink.
    package func flush() {
        monitor.lock()
        defer { monitor.unlock() }
        let target = told
        while drained < target {
            isHurried = true
            monitor.signal(.work)
            monitor.wait(.done)
        }
    }

    /// Flushes and ends the thread; what is told afterwards is lost. Not to be called by the sink.
    package func close() {
        monitor.lock()
        defer { monitor.unlock() }
        isClosing = true
        while !isFinished {
            monitor.signal(.work)
            monitor.wait(.done)
        }
    }

    // MARK: The thread

    private func run() {
        while let count = nextBatch() {
            drain()
            monitor.withLock {
                drained = count
                monitor.signal(.done)
            }
        }
        monitor.withLock {
            isFinished = true
            monitor.signal(.done)
        }
    }

    /// Waits for segments, lets more come together, and takes them.
    /// - Returns: How many were told up to the last of the batch; nil at the end.
    private func nextBatch() -> UInt64? {
        monitor.lock()
        while filling.isEmpty && !isClosing {
            isParked = true
            monitor.wait(.work)
        }
        isParked = false
        let deadline = Monitor.deadline(milliseconds: RecorderLimits.delay)
        while !isHurried && !isClosing && monitor.wait(.work, until: deadline) {}
        isHurried = false
        swap(&filling, &draining)
        let resumed = waiting
        waiting = []
        let count = told
        monitor.unlock()
        for resume in resumed { resume() }
        return draining.isEmpty ? nil : count
    }

    /// Everything is on disk before the first of it is handed on, so that whoever sees an event can read its bytes.
    private func drain() {
        draining.relocate { segment, bytes in
            attempt { () throws(CaptureError) in try writer.write(segment, bytes) } ?? nil
        }
        _ = attempt { () throws(CaptureError) in try writer.flush() }
        let size = writer.size
        draining.forEach { segment, bytes in
            let isOnDisk = segment.location.map { $0 < size } ?? true
            sink.receive(isOnDisk ? segment : segment.at(nil), bytes)
        }
        draining.removeAll()
        didDrain()
    }

    /// Writes, unless that has failed before; a failure is told once.
    private func attempt<Result>(_ write: () throws(CaptureError) -> Result) -> Result? {
        guard !hasFailed else { return nil }
        do {
            return try write()
        } catch {
            hasFailed = true
            monitor.withLock { writeFailure = error }
            didFail(error)
            return nil
        }
    }
}

private enum RecorderLimits {
    /// Bytes in the batch being filled at which transports are to pause. Twice as many are in memory at most, and what
    /// transports have read already when they are told.
    static let full = 4 << 20
    /// What transports have usually read already when they are told to pause.
    static let overshoot = 1 << 20
    /// Bytes at which the thread takes the batch at once.
    static let hurry = 1 << 20
    /// Milliseconds in which segments come together.
    static let delay = 10
}

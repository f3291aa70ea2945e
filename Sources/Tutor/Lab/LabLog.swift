package import Connection
import Synchronization
import Wire

/// What was seen on a lab's connections. Written by the recorder's thread, read by anybody.
package final class LabLog: Sendable {
    /// What is there at one moment.
    package struct Snapshot: Sendable {
        package fileprivate(set) var events: [LabEvent] = []
        /// Bytes of each side, by the name of who made the connection.
        package fileprivate(set) var traffic: [String: BothSides<UInt64>] = [:]
        /// More happened than is kept; nothing that was kept is gone.
        package fileprivate(set) var isFull = false
    }

    private struct State {
        var snapshot = Snapshot()
        var names: [ConnectionID: String] = [:]
        var payloadBytes = 0
    }

    /// More events than a lab should ever make.
    package static let eventLimit = 50_000
    private static let payloadLimit = 16 << 20
    private static let onePayloadLimit = 64 << 10

    private let names: Set<String>
    private let state = Mutex(State())

    /// - Parameter names: Who makes connections in this lab; connections of others are none of its business.
    package init(names: Set<String>) { self.names = names }

    package var snapshot: Snapshot { state.withLock { $0.snapshot } }

    /// The connections of the lab so far, by number, with their names.
    package var connections: [ConnectionID: String] { state.withLock { $0.names } }

    /// How many events of a connection match; for who waits for one.
    package func count(_ pattern: EventPattern) -> Int { snapshot.events.count { pattern.matches($0) } }

    fileprivate func opened(_ id: ConnectionID, _ source: String) {
        guard names.contains(source) else { return }
        state.withLock { $0.names[id] = source }
    }

    fileprivate func sent(_ count: Int, by side: Side, on id: ConnectionID) {
        state.withLock { state in
            guard let name = state.names[id] else { return }
            state.snapshot.traffic[name, default: BothSides(0)][side] += UInt64(count)
        }
    }

    fileprivate func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        state.withLock { state in
            guard let name = state.names[event.connection] else { return }
            guard state.snapshot.events.count < LabLog.eventLimit else {
                state.snapshot.isFull = true
                return
            }
            let room = min(LabLog.onePayloadLimit, LabLog.payloadLimit - state.payloadBytes)
            let count = min(payload.count, max(room, 0))
            let kept = payload.extracting(0..<count).withUnsafeBufferPointer { Array($0) }
            guard let content = LabEvent.Content(event.kind, kept) else { return }
            state.payloadBytes += count
            state.snapshot.events.append(
                LabEvent(connection: event.connection, name: name, time: event.time, content: content))
        }
    }
}

extension LabEvent.Content {
    fileprivate init?(_ kind: Event.Kind, _ payload: [UInt8]) {
        switch kind {
        case .opened: self = .opened
        case .head(let head): self = .head(head)
        case .established(let handshake): self = .established(handshake)
        case .frame(let frame): self = .frame(frame, payload: payload)
        case .message(let message): self = .message(message, payload: payload)
        case .fin(let side): self = .fin(side)
        case .reset(let side): self = .reset(side)
        case .closed(let closure): self = .closed(closure)
        case .effect(let text): self = .note(text)
        case .guessed, .undecoded, .hole, .closing: return nil
        }
    }
}

/// Watches the segments of a recording for whichever lab runs now.
package final class LabWatch: Sendable {
    private struct State {
        var log: LabLog?
        var didGrow: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    /// From now on connections that are opened are told to this log.
    /// - Parameter didGrow: Called on the recorder's thread when something has come.
    package func watch(_ log: LabLog, didGrow: @escaping @Sendable () -> Void) {
        state.withLock {
            $0.log = log
            $0.didGrow = didGrow
        }
    }

    package func rest() { state.withLock { $0 = State() } }

    fileprivate var log: LabLog? { state.withLock { $0.log } }

    /// To be called when a batch of segments has been handed on.
    package func didDrain() { state.withLock { $0.didGrow }?() }

    /// Where a recorder, or a tee beside its observer, hands its segments to.
    package var sink: LabWatchSink { LabWatchSink(watch: self) }
}

/// The recorder's end of a `LabWatch`.
package struct LabWatchSink: SegmentSink {
    fileprivate struct Events: EventSink {
        let watch: LabWatch

        mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
            watch.log?.receive(event, payload: payload)
        }
    }

    private let watch: LabWatch
    private var observer: Observer<Events>

    fileprivate init(watch: LabWatch) {
        self.watch = watch
        observer = Observer(sink: Events(watch: watch))
    }

    package mutating func receive(_ segment: Segment, _ bytes: Span<UInt8>) {
        switch segment.kind {
        case .opened(let opening): watch.log?.opened(segment.connection, opening.source)
        case .bytes(let side): watch.log?.sent(bytes.count, by: side, on: segment.connection)
        case .fin, .reset, .hole, .effect: break
        }
        observer.receive(segment, bytes)
    }
}

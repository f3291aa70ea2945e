import Connection
import Tutor
import Wire

/// A connection for checks: what both sides send, as a recorder would tell it.
struct LabPlay {
    private let watch = LabWatch()
    private var sink: LabWatchSink
    let log: LabLog
    private var time: UInt64 = 1_000_000_000

    /// - Parameter names: Connections, in their order; the first is number 1.
    init(_ names: String...) {
        log = LabLog(names: Set(names))
        watch.watch(log) {}
        sink = watch.sink
        for (index, name) in names.enumerated() {
            tell(index + 1, .opened(Opening(client: .loopback(1), server: .loopback(2), source: name)))
        }
    }

    mutating func wait(milliseconds: UInt64) { time += milliseconds * 1_000_000 }

    /// The opening handshake, both ways.
    mutating func open(_ connection: Int = 1) {
        let key = "dGhlIHNhbXBsZSBub25jZQ=="
        let request = (try? OpeningHandshake.request(target: "/chat", host: "127.0.0.1:2", key: key)) ?? []
        send(.client, request, connection)
        send(.server, (try? OpeningHandshake.response(key: key)) ?? [], connection)
    }

    /// Frames in words.
    mutating func frames(_ side: Side, _ words: String, _ connection: Int = 1) {
        let key = side == .client ? MaskingKey(1, 2, 3, 4) : nil
        let specs = (try? FrameSpec.parseAll(words)) ?? []
        send(side, specs.flatMap { $0.bytes(key: key) }, connection)
    }

    mutating func send(_ side: Side, _ bytes: [UInt8], _ connection: Int = 1) {
        time += 1_000_000
        tell(connection, .bytes(from: side), bytes)
    }

    mutating func tell(_ connection: Int, _ kind: Segment.Kind, _ bytes: [UInt8] = []) {
        let segment = Segment(
            connection: ConnectionID(rawValue: UInt32(connection)), time: Timestamp(nanoseconds: time), kind: kind)
        sink.receive(segment, bytes.span)
    }

    /// How an assertion stands.
    func result(_ text: String, figures: [String: Double] = [:]) throws -> CheckResult {
        let check = LabCheck(
            assertion: try AssertionParser.assertion(text), text: text, why: "", reference: "", misconception: nil,
            line: 1)
        return LabChecker([check], figures: figures).report(log.snapshot).results[0]
    }
}

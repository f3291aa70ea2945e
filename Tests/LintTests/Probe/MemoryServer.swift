import Connection
import Lint
import Wire

/// A server in memory: an `Endpoint` a connection, and faults that can be switched on. Its clock jumps to the next thing
/// that happens, so no test waits.
final class MemoryServer: ProbeLines {
    /// How it deals with what a good server refuses, limits or answers.
    struct Traits {
        var limits = EndpointLimits(message: 1 << 20)
        var timing = EndpointTiming()
        var mostConnections = Int.max
        var compression: DeflateParameters? = DeflateParameters()
        /// The status of the answer to a request.
        var status: (HTTPHead) -> Int = MemoryServer.strictStatus
        var subprotocol: (HTTPHead) -> String? = { _ in nil }
        /// The last word on the bytes of an answer.
        var answer: (String) -> String = { $0 }
        var onMessage: ([UInt8]) -> Action = { .send($0) }
        /// Bytes of messages for a reader who does not read that are kept; then nothing is read of him.
        var kept = 1 << 20

        /// Frames that break the standard are passed over.
        var isTolerant = false
        /// What a Close for a violation says instead of the right code.
        var closeCode: StatusCode?
        /// What becomes of its Pongs; nil for none.
        var pong: ([UInt8]) -> [UInt8]? = { $0 }
        var ignoresCloses = false
        var keepsTCP = false
    }

    enum Action {
        case nothing
        case send([UInt8])
        case broadcast([UInt8])
        case close(StatusCode, String)
        /// TCP ends without a Close.
        case drop
        /// The process ends.
        case die
        /// The event loop stands still for so many seconds.
        case block(Double)
    }

    var traits: Traits
    private(set) var time = Timestamp(nanoseconds: 1_000_000_000_000)
    private(set) var isDead = false
    private(set) var lines: [MemoryLine] = []
    /// Nothing is sent before.
    private(set) var busyUntil = Timestamp(nanoseconds: 0)

    init(_ change: (inout Traits) -> Void = { _ in }) {
        var traits = Traits()
        change(&traits)
        self.traits = traits
    }

    var openLines: [MemoryLine] { lines.filter { !$0.isOver } }

    /// As ws101's own server: pages of this machine, a good handshake, nothing else.
    static func strictStatus(_ request: HTTPHead) -> Int {
        guard request.fields.count <= 100, request.bytes.count <= 16 << 10 else { return 431 }
        let origin = request.values("Origin").first ?? "http://127.0.0.1:9001"
        if origin != "http://127.0.0.1:9001" { return 403 }
        return OpeningHandshake.judge(request: request).first(where: \.isBroken)?.rule.refusal ?? 101
    }

    // MARK: ProbeLines

    func now() -> Timestamp { time }

    func sleep(until: Timestamp) async { pass(to: until) }

    func open(_ options: LineOptions, until deadline: Timestamp) async throws(LineFault) -> any ProbeLine {
        if isDead { throw LineFault(why: "connection refused", advice: "") }
        let line = MemoryLine(self)
        lines.append(line)
        return line
    }

    func farEnd(of line: any ProbeLine) -> FarEnd? {
        (line as? MemoryLine).map { FarEnd(unsent: 0, unread: $0.unread.count, memory: nil) }
    }

    // MARK: What happens

    func pass(to moment: Timestamp) {
        time = max(time, moment)
        for line in openLines { line.wake() }
    }

    func die() {
        isDead = true
        for line in lines { line.lose() }
    }

    func block(_ seconds: Double) { busyUntil = time.adding(nanoseconds: Int64(seconds * 1e9)) }
}

import Connection
import Glibc

/// A server's numbers in Prometheus' text format 0.0.4.
struct MetricsText {
    private(set) var text = ""

    init(_ tally: ServerTally, _ counters: [LoopCounters], _ policy: QueuePolicy, open: Int, now: Timestamp) {
        connections(tally, open)
        traffic(counters)
        queues(counters, policy)
        latencies(counters, now)
        if let memory = MetricsText.residentMemory() {
            number("process_resident_memory_bytes", "gauge", "Memory of the process.", memory)
        }
    }

    private mutating func connections(_ tally: ServerTally, _ open: Int) {
        number("ws101_connections", "gauge", "Connections open now, those in their handshake included.", open)
        number("ws101_accepted_total", "counter", "Opening handshakes answered with 101.", tally.acceptedCount)
        head("ws101_refused_total", "counter", "Requests answered with another status than 101.")
        for (status, count) in tally.refusedByStatus {
            line("ws101_refused_total", #"status="\#(status)""#, "\(count)")
        }
        head("ws101_closed_total", "counter", "Connections that ended; the code of the first Close, 1006 without one.")
        for (code, count) in tally.closedByCode { line("ws101_closed_total", #"code="\#(code)""#, "\(count)") }
    }

    private mutating func traffic(_ counters: [LoopCounters]) {
        let sum = { (path: KeyPath<LoopCounters, Counter>) in counters.reduce(0) { $0 + $1[keyPath: path].value } }
        number("ws101_messages_received_total", "counter", "Messages of clients.", sum(\.messagesReceived))
        number("ws101_received_bytes_total", "counter", "Bytes of them.", sum(\.bytesReceived))
        number(
            "ws101_messages_sent_total", "counter", "Messages to clients, those that wait included.",
            sum(\.messagesSent))
        number("ws101_sent_bytes_total", "counter", "Bytes of them.", sum(\.bytesSent))
    }

    private mutating func queues(_ counters: [LoopCounters], _ policy: QueuePolicy) {
        let sum = { (path: KeyPath<LoopCounters, Counter>) in counters.reduce(0) { $0 + $1[keyPath: path].value } }
        let most = counters.map(\.mostWaiting.value).max() ?? 0
        number("ws101_queue_bytes", "gauge", "Bytes that wait for slow readers.", sum(\.waiting))
        number("ws101_queue_bytes_max", "gauge", "Bytes that wait for the slowest of them.", most)
        number("ws101_queue_connections", "gauge", "Connections for which something waits.", sum(\.waitingConnections))
        head("ws101_dropped_messages_total", "counter", "Messages that were left out for slow readers.")
        line("ws101_dropped_messages_total", #"policy="\#(policy.name)""#, "\(sum(\.dropped))")
        number("ws101_too_slow_total", "counter", "Connections ended because they read too slowly.", sum(\.tooSlow))
        number("ws101_held_total", "counter", "Times a sender had to wait for a slow reader.", sum(\.held))
    }

    private mutating func latencies(_ counters: [LoopCounters], _ now: Timestamp) {
        var total = LatencyMeter.Distribution()
        var lately = LatencyMeter.Distribution()
        var lag = LatencyMeter.Distribution()
        for counters in counters {
            total.merge(counters.fanOut.total)
            lately.merge(counters.fanOut.lately(at: now))
            lag.merge(counters.lag.lately(at: now))
        }
        let name = "ws101_fanout_seconds"
        head(
            name, "summary", "From a message of a room to its last byte handed to the system; quantiles of 10 to 20 s.")
        for (part, label) in [(0.5, "0.5"), (0.9, "0.9"), (0.99, "0.99")] {
            line(name, #"quantile="\#(label)""#, lately.quantile(part).map(MetricsText.seconds) ?? "NaN")
        }
        line(name + "_sum", nil, MetricsText.seconds(total.sum))
        line(name + "_count", nil, "\(total.count)")
        number(
            "ws101_event_loop_lag_seconds", "gauge",
            "For how long an event loop served nobody, at most, in 10 to 20 s.",
            MetricsText.seconds(lag.longest))
    }

    // MARK: Lines

    private mutating func number(_ name: String, _ type: String, _ help: String, _ value: some CustomStringConvertible)
    {
        head(name, type, help)
        line(name, nil, value.description)
    }

    private mutating func head(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func line(_ name: String, _ label: String?, _ value: String) {
        text += name + (label.map { "{\($0)}" } ?? "") + " " + value + "\n"
    }

    private static func seconds(_ nanoseconds: Int64) -> String { "\(Double(nanoseconds) / 1e9)" }

    /// The second number of /proc/self/statm, in pages.
    private static func residentMemory() -> Int? {
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, CInt(line.count), file) != nil else { return nil }
        let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .split(separator: " ")
        return words.count > 1 ? Int(words[1]).map { $0 * sysconf(CInt(_SC_PAGESIZE)) } : nil
    }
}

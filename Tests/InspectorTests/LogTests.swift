import Capture
import Connection
import Glibc
import Inspector
import Testing
import Wire

@Suite struct LogTests {
    private let first = ConnectionID(rawValue: 1)

    private func traffic(_ limits: LogLimits = .default) throws -> (Log, Traffic<Log>) {
        let log = Log(limits: limits)
        let traffic = try Traffic(log)
        log.attach(traffic.writer.recording)
        return (log, traffic)
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func rowsInTheirOrder() throws {
        var (log, traffic) = try traffic()
        try traffic.open()
        try traffic.client(frame(.text, "hi", from: .client))
        try traffic.happens(.effect("latency added"))
        try traffic.happens(.hole(from: .server, count: 7))
        try traffic.end()
        let rows = log.rows(0..<100)
        #expect(rows.map(\.id) == Array(0..<10))
        #expect(
            rows.map { $0.frame == nil ? "\($0.kind)" : "frame" } == [
                "opened", "request(isHandshake: true, broken: 0)",
                "response(status: 101, isHandshake: true, broken: 0)", "established", "frame", "effect",
                "hole(from: server, count: Optional(7))", "fin(from: server)", "fin(from: client)", "closed",
            ])
        #expect(text(log.text(of: rows[1])).hasPrefix("GET /chat HTTP/1.1\r\n"))
        #expect(text(log.text(of: rows[5])) == "latency added")
        #expect(log.row(4) == rows[4] && log.row(10) == nil)
    }

    @Test func aFrameAndItsPayload() throws {
        var (log, traffic) = try traffic()
        try traffic.open()
        try traffic.client(frame(.ping, "x", from: .client) + frame(.text, "Hello, world", from: .client))
        let row = try #require(log.row(5))
        let found = try #require(row.frame)
        #expect(found.number == 2 && found.header.opcode == .text && found.header.maskingKey?.bytes.count == 4)
        #expect(found.message == 1 && found.rules.isEmpty && found.isComplete)
        #expect(text(log.payload(of: row, count: 100)) == "Hello, world")
        #expect(text(log.payload(of: row, from: 7, count: 3)) == "wor")
        #expect(log.payload(of: row, from: 12, count: 3).isEmpty)
        #expect(log.message(of: row, from: 7, count: 5).map { text($0.bytes) } == "world")
    }

    @Test func aPayloadInSeveralSegments() throws {
        var (log, traffic) = try traffic()
        try traffic.open()
        let bytes = frame(.text, "Hello, world", from: .client)
        try traffic.client(Array(bytes[..<3]))
        try traffic.server(frame(.ping, from: .server))
        try traffic.client(Array(bytes[3..<10]))
        try traffic.client(Array(bytes[10...]))
        let row = try #require(log.row(5))
        #expect(text(log.payload(of: row, count: 100)) == "Hello, world")
    }

    @Test func whatAMessageSaid() throws {
        var (log, traffic) = try traffic()
        try traffic.open(extensions: "permessage-deflate")
        try traffic.server(frame(.text, "frag", from: .server, fin: false))
        try traffic.server(frame(.ping, "p", from: .server))
        try traffic.server(frame(.continuation, "ments", from: .server))
        try traffic.server(frame(.text, [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], from: .server, rsv1: true))
        try traffic.server(frame(.text, [0xf2, 0x00, 0x11, 0x00, 0x00], from: .server, rsv1: true))
        try traffic.server(frame(.text, "unfinished", from: .server, fin: false))
        let rows = log.rows(4..<20)
        let said = rows.map { log.message(of: $0, count: 100).map { text($0.bytes) } }
        #expect(said == ["fragments", nil, "fragments", "Hello", "Hello", nil])
        #expect(rows.map { $0.frame?.completesMessage } == [false, false, true, true, true, false])
        #expect(log.message(of: rows[0], from: 4, count: 3).map { text($0.bytes) } == "men")
        #expect(log.message(of: rows[0], count: 0)?.count == 9)
        traffic.observer.finish()
        let last = try #require(log.message(of: rows[5], count: 100))
        #expect(text(last.bytes) == "unfinished" && last.truncation == .unfinished)
    }

    @Test func pingAndPongKnowEachOther() throws {
        var (log, traffic) = try traffic()
        try traffic.open()
        try traffic.server(frame(.ping, "1", from: .server))
        try traffic.client(frame(.text, "between", from: .client))
        try traffic.client(frame(.pong, "1", from: .client))
        #expect(log.row(4)?.frame?.counterpart == 6 && log.row(6)?.frame?.counterpart == 4)
        #expect(log.row(6)?.frame?.roundTrip == 2_000_000)
        let summary = try #require(log.connection(first))
        #expect(summary.hasHeartbeat && summary.roundTrips.last == 2_000_000)
    }

    @Test func violationsAreKept() throws {
        var (log, traffic) = try traffic()
        try traffic.open()
        try traffic.server([0xf3, 0x81, 1, 2, 3, 4, 5])
        let found = try #require(log.row(4)?.frame)
        #expect(Set(found.rules) == [.reservedBit, .reservedOpcode, .serverMasked])
        let bits = found.violations(isCompressionAgreed: false).map(\.bits)
        #expect(Set(bits) == [1..<4, 4..<8, 8..<9])
        #expect(log.connection(first)?.violations == 3)
    }

    @Test func theSummaryOfAConnection() throws {
        var (log, traffic) = try traffic()
        try traffic.open(path: "/a\u{202e}b")
        #expect(log.connection(first)?.state == .open)
        try traffic.client(frame(.text, "four", from: .client))
        try traffic.server(frame(.close, ClosePayload(1001, "bye").bytes, from: .server))
        #expect(log.connection(first)?.state == .closing)
        #expect(log.connection(first)?.closure?.wire.server?.payload.reason == "bye")
        try traffic.happens(.reset(from: .client))
        let summary = try #require(log.connection(first))
        #expect(summary.state == .closed && summary.path == "/a\u{202e}b")
        #expect(summary.handshake?.requestDemands.isEmpty == false)
        #expect(summary.traffic.client.frames == 1 && summary.traffic.client.applicationBytes == 4)
        #expect(summary.rowCount == 8 && log.connectionCount == 1 && log.index(of: first) == 0)
    }

    @Test func anotherProtocolIsNoWebSocketConnection() throws {
        var (log, traffic) = try traffic()
        try traffic.happens(.opened(Opening(client: .loopback(1), server: .loopback(2), source: "test")))
        try traffic.client([0x16, 0x03, 0x01])
        #expect(log.connection(first)?.state == .other)
        #expect(log.row(1)?.kind == .undecoded(from: .client, .notHTTP))
    }

    @Test func theRowsOfOneConnection() throws {
        var (log, traffic) = try traffic()
        for id: UInt32 in 1...3 { try traffic.open(id) }
        for index in 0..<9000 {
            try traffic.client(frame(.binary, [UInt8(index % 256)], from: .client), on: UInt32(index % 3) + 1)
        }
        let second = ConnectionID(rawValue: 2)
        #expect(log.connection(second)?.rowCount == 3004)
        let rows = log.rows(of: second, 0..<5000)
        #expect(rows.count == 3004 && rows.allSatisfy { $0.connection == second })
        #expect(rows.map(\.id) == rows.map(\.id).sorted())
        for place in [0, 1, 1023, 1024, 2047, 2500, 3003] {
            #expect(log.rows(of: second, place..<(place + 1)) == [rows[place]])
            #expect(log.position(of: rows[place].id, in: second) == place)
            if place > 4 { #expect(log.position(of: rows[place].id + 1, in: second) == place) }
        }
        #expect(log.position(of: 0, in: second) == nil)
        #expect(log.rows(of: second, 3003..<4000).count == 1)
    }

    @Test func whatLeftMemoryIsOnDiskAndSaidToBe() throws {
        var (log, traffic) = try traffic(LogLimits(rows: 8192))
        try traffic.open()
        for index in 0..<20_000 {
            try traffic.client(frame(.binary, [UInt8(index % 251)], from: .client))
        }
        let extent = log.extent
        #expect(extent.count == 20_004 && extent.frames == 20_000 && extent.firstReadable == 0)
        #expect(extent.firstInMemory == 12_288 && extent.framesOnDisk == 12_284)
        let rows = log.rows(12_280..<12_296)
        #expect(rows.map(\.id) == Array(12_280..<12_296))
        #expect(rows.map { log.payload(of: $0, count: 1) } == (12_276..<12_292).map { [UInt8($0 % 251)] })
        #expect(log.row(0)?.kind == .opened)
        #expect(text(log.text(of: try #require(log.row(1)))).hasPrefix("GET /chat"))
    }

    @Test func closedConnectionsBeyondTheLimitAreForgotten() throws {
        var (log, traffic) = try traffic(LogLimits(connections: 4))
        try traffic.open(1)
        for id: UInt32 in 2...12 {
            try traffic.open(id)
            try traffic.end(id)
        }
        #expect(log.connectionCount <= 5)
        #expect(log.connection(first)?.state == .open)
        #expect(log.connection(ConnectionID(rawValue: 2)) == nil)
        let last = ConnectionID(rawValue: 12)
        let place = try #require(log.index(of: last))
        #expect(log.connections(place..<(place + 1)).first?.id == last)
        #expect(log.extent.count == 4 + 11 * 7)
    }

    @Test func openConnectionsAreNeverForgotten() throws {
        var (log, traffic) = try traffic(LogLimits(connections: 4))
        for id: UInt32 in 1...30 { try traffic.open(id) }
        #expect(log.connectionCount == 30)
        #expect(log.connections(0..<30).map(\.id.rawValue) == Array(1...30))
    }

    @Test func growthIsSignalledOnceUntilAcknowledged() throws {
        func isReadable(_ descriptor: Int32) -> Bool {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return Glibc.poll(&poll, 1, 0) == 1
        }
        var (log, traffic) = try traffic()
        #expect(!isReadable(log.growth))
        try traffic.open()
        #expect(isReadable(log.growth))
        log.acknowledge()
        #expect(!isReadable(log.growth))
        try traffic.end()
        #expect(isReadable(log.growth))
    }

    @Test func rates() throws {
        var (log, traffic) = try traffic()
        try traffic.open()
        let start = traffic.time
        for _ in 0..<3 { try traffic.client(frame(.binary, [1, 2], from: .client)) }
        traffic.time = start.adding(nanoseconds: 2_000_000_000)
        try traffic.client(frame(.binary, [1], from: .client))
        let rates = log.rates(of: first, seconds: 3, before: start.adding(nanoseconds: 3_500_000_000))
        #expect(rates.map(\.frames) == [3, 0, 1] && rates.map(\.bytes) == [6, 0, 1])
        #expect(log.rates(seconds: 2, before: start.adding(nanoseconds: 90_000_000_000)).map(\.frames) == [0, 0])
    }

    @Test func roundTrips() {
        var times = RoundTrips()
        #expect(times.quantile(0.5) == nil)
        for nanoseconds in (1...100).reversed() { times.add(Int64(nanoseconds)) }
        #expect(times.minimum == 1 && times.maximum == 100 && times.last == 1 && times.count == 100)
        #expect(times.quantile(0.5) == 50 && times.quantile(0.99) == 99 && times.quantile(1) == 100)
    }

    /// One thread writes while another reads: under the thread sanitizer this tells of every unguarded access.
    @Test func readWhileItIsWritten() async throws {
        let log = Log(limits: LogLimits(rows: 8192))
        let reader = Task.detached {
            var seen = 0
            while seen < 10_003 {
                let extent = log.extent
                seen = extent.count
                for row in log.rows(max(0, seen - 50)..<seen) { _ = log.message(of: row, count: 10) }
                for summary in log.connections(0..<10) { _ = log.rows(of: summary.id, 0..<20) }
                log.acknowledge()
                await Task.yield()
            }
            return seen
        }
        var traffic = try Traffic(log)
        log.attach(traffic.writer.recording)
        try traffic.open()
        for _ in 0..<5000 {
            try traffic.client(frame(.text, "a", from: .client, fin: false))
            try traffic.client(frame(.continuation, "b", from: .client))
        }
        #expect(await reader.value >= 10_003)
    }
}

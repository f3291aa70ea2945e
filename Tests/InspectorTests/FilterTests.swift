import Capture
import Connection
import Inspector
import Testing
import Wire

@Suite struct FilterTests {
    /// One of everything; each event has the name under which a test expects it.
    private struct Cast: EventSink {
        let filter: Filter
        var names: [String] = []
        var path: String?

        mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
            if case .head(let head) = event.kind { path = head.head.target ?? path }
            if filter.matches(event, payload: payload, path: path) { names.append(Cast.name(event, payload)) }
        }

        static func name(_ event: borrowing Event, _ payload: Span<UInt8>) -> String {
            switch event.kind {
            case .frame(let frame): "\(frame.number)"
            case .message(let message): "m\(message.number)"
            case .head(let head): head.side == .client ? "request" : "response"
            case .opened: "opened"
            case .established: "established"
            case .closed: "closed"
            case .closing: "closing"
            case .effect: "effect"
            case .guessed, .undecoded, .hole, .fin, .reset: "other"
            }
        }
    }

    private static func play<Sink: EventSink>(_ traffic: inout Traffic<Sink>) throws {
        try traffic.open(path: "/chat/blue", extensions: "permessage-deflate")
        try traffic.client(frame(.text, "hello world", from: .client))  // 1, m1
        try traffic.server(frame(.text, "HEL", from: .server, fin: false))  // 2
        try traffic.server(frame(.ping, "p", from: .server))  // 3
        try traffic.server(frame(.continuation, "LO, {\"a\":1}", from: .server))  // 4, m2
        try traffic.client(frame(.pong, "p", from: .client))  // 5, 2 ms later
        try traffic.server([0x82, 0x83, 1, 2, 3, 4, 1, 2, 3])  // 6, m3, masked
        let hello: [UInt8] = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]
        try traffic.server(frame(.text, hello, from: .server, rsv1: true))  // 7, m4: "Hello"
        try traffic.client(frame(.binary, [UInt8](repeating: 7, count: 200), from: .client))  // 8, m5
        try traffic.happens(.effect("nothing much"))
        try traffic.server(frame(.close, ClosePayload(4000, "idle").bytes, from: .server))  // 9
        try traffic.happens(.reset(from: .client))
    }

    /// Expression, and the events it lets through.
    static let table: [(String, [String])] = [
        ("opcode == ping", ["3"]),
        ("ping or pong", ["3", "5"]),
        ("websocket.opcode == 9 && !websocket.mask", ["3"]),
        ("websocket.opcode >= 0x8", ["3", "5", "9"]),
        ("from client frame > 0 and not event == message", ["1", "5", "8"]),
        ("dir == client && event == frame", ["1", "5", "8"]),
        ("to client and control", ["3", "9"]),
        ("conn == 2", []),
        ("conn == 1 && event == opened", ["opened"]),
        ("len > 125", ["8", "m5"]),
        ("len == 11 && fin", ["1", "4"]),
        ("text contains \"hello\"", ["1", "m1"]),
        ("hello && !event == request", ["1", "m1", "m2", "m4"]),
        ("text matches /hel+o,/i", ["m2"]),
        ("/\"a\":\\d/", ["4", "m2"]),
        ("payload == 'p'", ["3", "5"]),
        ("violation", ["6"]),
        ("violation == serverMasked", ["6"]),
        ("violation contains utf8", []),
        ("violation != serverMasked && from server && frame && event == frame", []),
        ("!fin && event == frame", ["2"]),
        ("fin == false && data", []),
        ("rsv1", ["7"]),
        ("rsv != 0", ["7"]),
        ("compressed", ["7", "m4"]),
        ("fragmented", ["2", "4", "m2"]),
        ("masking_key == 0x37fa213d && opcode == text", ["1"]),
        ("close.code == 4000", ["9", "closed"]),
        ("close.code == 1006", ["closed"]),
        ("close.reason contains idle", ["9"]),
        ("rtt >= 2ms", ["5"]),
        ("rtt > 2", []),
        ("rtt < 1s", ["5"]),
        ("status == 101", ["response"]),
        ("path contains /chat and ping", ["3"]),
        ("path == /other", []),
        ("(ping || pong) && from server", ["3"]),
        ("!(from client or from server) && event == effect", ["effect"]),
        ("ping || pong && from server", ["3"]),
        ("upgrade: ", ["request", "response"]),
        ("much", ["effect"]),
        ("~c 4000 && event == frame", ["9"]),
        ("~b /^hello/", ["1", "m1"]),
        ("~q pong", ["5"]),
        ("~e", ["6"]),
        ("~u blue ping", ["3"]),
        ("message == 2", ["2", "4", "m2"]),
    ]

    @Test(arguments: table) func lets(_ expression: String, through names: [String]) throws {
        var traffic = try Traffic(Cast(filter: try Filter(expression)))
        try FilterTests.play(&traffic)
        #expect(traffic.observer.sink.names == names)
    }

    /// What matches as an event matches as a row; the row of a message is the frame that completes it.
    @Test(arguments: table) func rowsLikeEvents(_ expression: String, _ names: [String]) throws {
        let log = Log()
        var traffic = try Traffic(log)
        log.attach(traffic.writer.recording)
        try FilterTests.play(&traffic)
        let filter = try Filter(expression)
        let rows = log.rows(0..<100).filter { filter.matches($0, in: log) }
        let frames = Set(rows.compactMap { $0.frame.map { "\($0.number)" } })
        let messages = ["m1": "1", "m2": "4", "m3": "6", "m4": "7", "m5": "8"]
        let expected = Set(names.filter { Int($0) != nil })
        #expect(frames.isSuperset(of: expected))
        #expect(frames.isSubset(of: expected.union(names.compactMap { messages[$0] })))
    }

    @Test(arguments: [
        ("", 0, "a field, a text or a parenthesis", ""),
        ("opcode ==", 9, "an opcode, such as ping or 0x9", ""),
        ("opcode == pong2", 10, "an opcode, such as ping or 0x9", "pong2"),
        ("len > many", 6, "a number", "many"),
        ("lenght > 3", 0, "the name of a field before >", "lenght"),
        ("(ping", 5, "a closing parenthesis", ""),
        ("ping)", 4, "the end, and or or", ")"),
        ("ping &&", 7, "a field, a text or a parenthesis", ""),
        ("&& ping", 0, "a field, a text or a parenthesis", "&&"),
        ("text contains \"abc", 14, "a closing \"", ""),
        ("text matches /(/", 13, "a regular expression", "/(/"),
        ("text < \"a\"", 7, "== != contains or matches before a text", "\"a\""),
        ("fin > 1", 4, "== != after fin", ">"),
        ("from somewhere", 5, "client or server", "somewhere"),
        ("event == party", 9, "one of \(Self.kinds)", "party"),
        ("violation == nothing", 13, "a rule, such as invalidUTF8", "nothing"),
        ("rtt > soon", 6, "a time, such as 100ms", "soon"),
    ]) func faults(_ source: String, position: Int, expected: String, found: String) {
        let error = #expect(throws: FilterError.self) { try Filter(source) }
        #expect(error?.position == position)
        #expect(error?.expected == expected)
        #expect(error?.found == found)
    }

    private static let kinds =
        "opened, request, response, established, frame, message, guessed, undecoded, hole, effect, fin, reset, closed"

    @Test func aFaultReadsWell() {
        let error = #expect(throws: FilterError.self) { try Filter("len > many") }
        #expect(error.map { "\($0)" } == "expected a number at 7, found many")
        #expect((try? Filter(String(repeating: "(", count: 10_000))) == nil)
        #expect((try? Filter(String(repeating: "!", count: 10_000) + "ping")) == nil)
    }

    @Test(arguments: FilterField.all) func everyFieldHasAnExampleThatUsesIt(_ field: FilterField) throws {
        _ = try Filter(field.example)
        let words = [field.name] + field.aliases
        #expect(words.contains { field.example.contains($0) })
        #expect(!field.meaning.isEmpty)
    }

    @Test func namesAreUnique() {
        let names = FilterField.all.flatMap { [$0.name] + $0.aliases }
        #expect(Set(names).count == names.count)
    }

    @Test func aSinkBehindAFilter() throws {
        var traffic = try Traffic(FilteredSink(try Filter("path == /chat/blue && ping"), sink: Counter()))
        try FilterTests.play(&traffic)
        #expect(traffic.observer.sink.sink.count == 1)
    }

    private struct Counter: EventSink {
        var count = 0
        mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) { count += 1 }
    }

    /// A filter is judged while it is typed.
    @Test func everyBeginningIsAFilterOrAFault() {
        let source = #"(opcode == ping || !fin) && len >= 125 or text contains "a\"b" and rtt<=1ms x!=2 /re\/x/i & |"#
        for count in 0...source.count { _ = try? Filter(String(source.prefix(count))) }
        for start in source.indices { _ = try? Filter(String(source[start...])) }
    }
}

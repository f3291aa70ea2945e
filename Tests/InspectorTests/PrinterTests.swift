import Capture
import Connection
import Foundation
import Inspector
import Testing
import Wire

/// What printing gave.
private final class Printed {
    var bytes: [UInt8] = []
    var lines: [String] { String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init) }
}

/// A connection on which much happens.
private func play<Sink: EventSink>(_ traffic: inout Traffic<Sink>) throws {
    try traffic.open(path: "/chat/blue", extensions: "permessage-deflate")
    try traffic.client(frame(.text, "{\"op\":\"hi\"}", from: .client))
    try traffic.server(frame(.ping, "tick", from: .server))
    try traffic.client(frame(.pong, "tick", from: .client))
    try traffic.server(frame(.text, "frag", from: .server, fin: false))
    try traffic.server(frame(.continuation, "ments", from: .server))
    let hello: [UInt8] = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]
    try traffic.server(frame(.text, hello, from: .server, rsv1: true))
    try traffic.client(frame(.binary, [UInt8](repeating: 0xab, count: 1234), from: .client))
    try traffic.client([0x81, 0x05] + Array("\u{1b}[2J\"".utf8))
    try traffic.client(frame(.pong, "unasked", from: .client))
    try traffic.server([0x8b, 0x00])
    try traffic.happens(.effect("latency of 100 ms"))
    try traffic.happens(.hole(from: .client, count: 7))
    try traffic.server(frame(.close, ClosePayload(1001, "bye \u{7}").bytes, from: .server))
    try traffic.happens(.fin(from: .server))
    try traffic.happens(.reset(from: .client))
}

@Suite struct TextPrinterTests {
    private func text(_ style: TextPrinter.Style, _ play: (inout Traffic<TextPrinter>) throws -> Void) throws
        -> [String]
    {
        let printed = Printed()
        var traffic = try Traffic(TextPrinter(style) { printed.bytes += $0 })
        try play(&traffic)
        traffic.observer.sink.flush()
        return printed.lines
    }

    @Test func everything() throws {
        let expected = """
            2023-11-14
            22:13:20.000000    #1             opened                   127.0.0.1:50001 → 127.0.0.1:9001  test
            22:13:20.001000    #1  client ─▶  request             195  GET /chat/blue  ✓ upgrade
            22:13:20.002000    #1  ◀─ server  response            175  101 Switching Protocols  ✓ upgrade
            22:13:20.002000    #1             open                     permessage-deflate: client 15 bits, server 15 bits  \
            handshake took 1.00 ms
            22:13:20.003000    #1  client ─▶  text                 11  {"op":"hi"}
            22:13:20.004000    #1  ◀─ server  ping                  4  tick
            22:13:20.005000    #1  client ─▶  pong                  4  tick  ↔ 1.00 ms
            22:13:20.006000    #1  ◀─ server  text…                 4  frag
            22:13:20.007000    #1  ◀─ server  continuation          5  ments
            22:13:20.007000    #1  ◀─ server  = text                9  in 2 frames  fragments
            22:13:20.008000    #1  ◀─ server  text zip              7  → 5  Hello
            22:13:20.009000    #1  client ─▶  binary            1,234  ab ab ab ab ab ab ab ab ab ab…
            22:13:20.010000    #1  client ─▶  text                  5  \\x1b[2J"  ✗ a client must mask every frame \
            (RFC 6455 §5.1)
            22:13:20.011000    #1  client ─▶  pong                  7  unasked  unasked
            22:13:20.012000    #1  ◀─ server  reserved 0xb          0  ✗ the opcode is reserved: opcode 0xB \
            (RFC 6455 §5.2)
            22:13:20.013000    #1             effect                   latency of 100 ms
            22:13:20.014000    #1  client ─▶  hole                     7 bytes are missing
            22:13:20.015000    #1  ◀─ server  close                 7  1001 going away  "bye \\x07"
            22:13:20.016000    #1  ◀─ server  FIN
            22:13:20.017000    #1  client ─▶  RST
            22:13:20.017000    #1             closed                   wire: server 1001 "bye \\x07"  \
            concluded: client 1001 not clean, server unknown  TCP: FIN from server, RST from client
            """
        let lines = try text(.init(preview: 30), play)
        for (line, wanted) in zip(lines, expected.split(separator: "\n").map(String.init)) {
            #expect(line == wanted)
        }
        #expect(lines.count == expected.split(separator: "\n").count)
    }

    @Test func theTimeOfDayIsThatOfThePlace() throws {
        let lines = try text(.init(zoneOffset: 7200)) { try $0.open() }
        #expect(lines[0] == "2023-11-15")
        #expect(lines[1].hasPrefix("00:13:20.000000"))
    }

    @Test func aBrokenDemandIsNamed() throws {
        let lines = try text(.init()) { traffic in
            try traffic.happens(.opened(Opening(client: .loopback(1), server: .loopback(2), source: "x\u{1b}")))
            try traffic.client(Array("GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n".utf8))
            try traffic.server(Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8))
        }
        #expect(lines[1].hasSuffix("127.0.0.1:1 → 127.0.0.1:2  x\\x1b"))
        #expect(lines[2].contains("✗ ") && lines[2].contains("Sec-WebSocket-Key is 16 bytes in base64"))
        #expect(lines[3].hasSuffix("400 Bad Request  refused"))
    }

    @Test func aRecordingThatBeginsInside() throws {
        let lines = try text(.init()) { traffic in
            let opening = Opening(client: .loopback(1), server: .loopback(2), isMidstream: true, source: "x")
            try traffic.happens(.opened(opening))
            try traffic.client([UInt8](repeating: 0xff, count: 1234))
            try traffic.server(Array("HTTP/1.1 101 S\r\nUpgrade: websocket\r\n\r\n".utf8))
            try traffic.happens(.reset(from: .server))
        }
        #expect(lines[1].hasSuffix("already under way"))
        #expect(lines[2].hasSuffix("the recording begins inside the connection  (--guess looks for frames)"))
        #expect(lines[3].hasSuffix("101 S  upgrade, to a request that is not in the recording"))
        #expect(lines[6].hasSuffix("TCP: RST from server  undecoded: client 1,234 bytes"))
    }

    @Test func aPreviewEndsBetweenCharacters() throws {
        for preview in 5...9 {
            let lines = try text(.init(preview: preview)) { traffic in
                try traffic.open()
                try traffic.server(frame(.text, "aßc世界z🙂", from: .server))
            }
            let shown = try #require(lines.last).split(separator: " ").last.map(String.init) ?? ""
            #expect(shown.hasSuffix("…") && "aßc世界z🙂".hasPrefix(shown.dropLast()))
        }
    }

    @Test func aCompressedFrameWhoseMessageNeverComesIsPrinted() throws {
        let lines = try text(.init()) { traffic in
            try traffic.open(extensions: "permessage-deflate")
            try traffic.server([0xc1, 0x09, 0x01])
            traffic.observer.finish()
        }
        #expect(lines.contains { $0.contains("only 1 bytes came") })
        #expect(lines.contains { $0.contains("(its last frame never came)") })
    }

    @Test func nothingFromAPeerReachesTheTerminal() throws {
        let nasty = "\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\r\n\u{8}"
        let lines = try text(.init(preview: 200)) { traffic in
            try traffic.open(path: "/\u{202e}\u{9b}")
            try traffic.server(frame(.text, nasty, from: .server))
            try traffic.server(frame(.ping, nasty, from: .server))
            try traffic.server(frame(.text, [0xff, 0x1b, 0x80], from: .server))
            try traffic.happens(.effect(nasty))
            try traffic.server(frame(.close, ClosePayload(4000, nasty).bytes, from: .server))
            traffic.observer.finish()
        }
        let scalars = lines.joined().unicodeScalars
        #expect(scalars.filter { $0.properties.generalCategory == .control || $0.value == 0x202e }.isEmpty)
        #expect(lines.count == 11)
    }
}

@Suite struct JSONLPrinterTests {
    private func objects(_ play: (inout Traffic<JSONLPrinter>) throws -> Void) throws -> [[String: Any]] {
        let printed = Printed()
        var traffic = try Traffic(JSONLPrinter { printed.bytes += $0 })
        try play(&traffic)
        traffic.observer.sink.flush()
        return try printed.lines.map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return try #require(object as? [String: Any])
        }
    }

    @Test func everyLineIsAnObject() throws {
        let objects = try objects(play)
        #expect(
            objects.map { $0["event"] as? String } == [
                "opened", "request", "response", "established", "frame", "frame", "frame", "frame", "frame", "message",
                "frame", "message", "frame", "frame", "frame", "frame", "effect", "hole", "frame", "fin", "reset",
                "closed",
            ])
        #expect(objects.allSatisfy { $0["connection"] as? Int == 1 })
        #expect(objects[4]["time"] as? String == "2023-11-14T22:13:20.003000000Z")
        #expect(objects[1]["target"] as? String == "/chat/blue")
    }

    @Test func everyFieldOfAFrame() throws {
        let frame = try objects(play)[4]
        #expect(frame["from"] as? String == "client" && frame["number"] as? Int == 1)
        #expect(frame["fin"] as? Bool == true && frame["rsv1"] as? Bool == false && frame["mask"] as? Bool == true)
        #expect(frame["opcode"] as? Int == 1 && frame["name"] as? String == "text")
        #expect(frame["maskingKey"] as? String == "37fa213d" && frame["length"] as? Int == 11)
        #expect(frame["lengthBits"] as? Int == 7 && frame["message"] as? Int == 1 && frame["fragment"] as? Int == 0)
        #expect(frame["text"] as? String == "{\"op\":\"hi\"}" && frame["base64"] == nil)
    }

    @Test func whatIsSpecial() throws {
        let objects = try objects(play)
        #expect(objects[6]["roundTripNanoseconds"] as? Int == 1_000_000 && objects[6]["answers"] as? Int == 2)
        #expect(objects[9]["text"] as? String == "fragments" && objects[9]["frames"] as? [Int] == [4, 5])
        #expect(objects[11]["text"] as? String == "Hello" && objects[11]["wireBytes"] as? Int == 7)
        let base64 = try #require(objects[12]["base64"] as? String)
        #expect(Data(base64Encoded: base64) == Data(repeating: 0xab, count: 1234))
        let violation = try #require((objects[13]["violations"] as? [[String: Any]])?.first)
        #expect(violation["rule"] as? String == "clientUnmasked" && violation["bits"] as? [Int] == [8, 9])
        #expect(objects[18]["code"] as? Int == 1001 && objects[18]["reason"] as? String == "bye \u{7}")
        let closed = try #require(objects.last)
        let concluded = try #require(closed["concluded"] as? [String: [String: Any]])
        #expect(concluded["client"]?["code"] as? Int == 1001 && concluded["client"]?["clean"] as? Bool == false)
        #expect((closed["tcp"] as? [String: [String: Any]])?["client"]?["end"] as? String == "reset")
        #expect((closed["traffic"] as? [String: [String: Any]])?["client"]?["frames"] as? Int == 5)
    }

    @Test(arguments: ["", "plain", "\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}", "ß世🙂", "\u{9b}\u{202e}\u{feff}\u{e0001}"])
    func textComesBack(_ text: String) throws {
        let printed = Printed()
        var traffic = try Traffic(JSONLPrinter { printed.bytes += $0 })
        try traffic.open()
        try traffic.server(frame(.text, text, from: .server))
        traffic.observer.sink.flush()
        let line = try #require(printed.lines.last)
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        #expect(object?["text"] as? String == text)
        #expect(line.unicodeScalars.filter { $0.properties.generalCategory == .control }.isEmpty)
        #expect(line.unicodeScalars.filter { $0.properties.generalCategory == .format }.isEmpty)
    }

    @Test(arguments: 0..<8) func base64(_ count: Int) throws {
        let bytes = [UInt8]([0xff, 0xfe, 0x00, 0x3e, 0xfb, 0xf0, 0x80, 0xc3].prefix(count))
        let object = try objects { traffic in
            try traffic.open()
            try traffic.server(frame(.binary, bytes, from: .server))
        }.last
        let found = (object?["base64"] as? String).flatMap { Data(base64Encoded: $0) }
        #expect(count == 0 ? object?["text"] as? String == "" : found == Data(bytes))
    }

    @Test func longOutputComesInManyBlocksOfWholeLines() throws {
        var blocks: [[UInt8]] = []
        var traffic = try Traffic(JSONLPrinter { blocks.append([UInt8]($0)) })
        try traffic.open()
        for _ in 0..<1000 { try traffic.server(frame(.text, "hello", from: .server)) }
        traffic.observer.sink.flush()
        #expect(blocks.count > 2)
        #expect(blocks.allSatisfy { $0.last == 0x0a })
    }
}

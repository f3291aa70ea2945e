import Connection
import Wire

/// More bytes travel than need to.
struct WastefulBytes: ConnectionRule {
    static let page = RulePage(
        "Z03", "wasteful-bytes", .note, .medium, [.wire], isPedantic: true,
        references: ["RFC 7692 §7.1.1", "RFC 6455 §5.6", "RFC 4648 §4", "RFC 7396"], lesson: 3,
        says: "Tiny messages are compressed, bytes travel as Base64, or the same is sent again and again.",
        why: """
            Compression costs each connection 64 to 316 KiB of memory and time for each message; on messages of a few \
            bytes, or on what is compressed already, it gains nothing. Base64 makes bytes a third larger, and both \
            sides have to convert them. And who sends the whole state where one field has changed fills the link with \
            what the receiver has.
            """,
        evidence: """
            At least `compressed` compressed messages of one side, most of them smaller than `tiny` before compression, \
            or compressed to more than the `ratio` of their size taken together; a text of `text` or more of which at \
            least the `base64` part is Base64, in runs of 256 characters and more; or at least `repeats` successive \
            messages of one side larger than `state`, each with at least the `equal` part of the bytes of the one \
            before. The first 64 KiB of a message are compared; what compression took out is not counted.
            """,
        fix: "Compress from a size on, send bytes in binary messages, and send what has changed instead of everything.",
        snippets: [
            Snippet(.ws, "new WebSocketServer({ perMessageDeflate: { threshold: 1024 } });"),
            Snippet(.websockets, "serve(handler, compression=None)   # where messages are small"),
            Snippet(
                .gorilla,
                """
                conn.EnableWriteCompression(len(text) > 1024)
                err := conn.WriteMessage(websocket.BinaryMessage, image) // no Base64
                """),
        ],
        exceptions:
            "Tiny messages that are much alike: with context takeover they compress well, if memory is no matter.",
        thresholds: [
            Threshold("compressed", .count(50), "how many compressed messages there must be"),
            Threshold("tiny", .bytes(64), "the smallest message that is worth compressing"),
            Threshold("ratio", .ratio(0.95), "compressed to more than this part is not worth it"),
            Threshold("text", .bytes(1024), "the smallest text that is searched for Base64"),
            Threshold("base64", .ratio(0.5), "which part of it must be Base64"),
            Threshold("repeats", .count(10), "how many messages in a row must be alike"),
            Threshold("state", .bytes(4096), "the largest message that may be like the one before"),
            Threshold("equal", .ratio(0.9), "how much of two messages must be equal"),
        ],
        examples: examples)

    static let watches: EventKinds = .message

    /// What one side has sent.
    private struct Sent {
        var compressed = 0
        var tiny = 0
        var wireBytes: UInt64 = 0
        var applicationBytes: UInt64 = 0
        /// The first bytes of its last large message, and how many in a row were like it.
        var state: [UInt8] = []
        var alike = 0
    }

    private let settings: RuleSettings
    private let text: Int
    private let state: Int
    private var sent = BothSides(Sent())
    private var hasLarge = false

    private static let compared = 65_536

    init(_ settings: RuleSettings) {
        self.settings = settings
        text = max(1, settings.bytes("text"))
        state = max(1, settings.bytes("state"))
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .message(let message) = event.kind, message.truncation == nil else { return }
        if message.isCompressed { count(message) }
        if message.opcode == .text, payload.count >= text {
            hasLarge = true
            judgeText(message, payload, connection, &report)
        }
        let isSqueezed = message.isCompressed && message.wireBytes < message.applicationBytes / 4
        if payload.count > state, !isSqueezed { judgeState(message, payload, connection, &report) }
    }

    private mutating func count(_ message: Event.Message) {
        sent[message.side].compressed += 1
        if message.applicationBytes < UInt64(max(0, settings.bytes("tiny"))) { sent[message.side].tiny += 1 }
        sent[message.side].wireBytes &+= message.wireBytes
        sent[message.side].applicationBytes &+= message.applicationBytes
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        let enough = max(1, settings.count("compressed"))
        for side in Side.allCases where sent[side].compressed >= enough { judgeCompression(side, connection, &report) }
        if connection.areExtensionsUnclear { return .unknownExtension }
        let hasEnough = sent.client.compressed >= enough || sent.server.compressed >= enough || hasLarge
        return hasEnough ? .pass : .notApplicable("too few messages, or too small ones")
    }
}

extension WastefulBytes {
    private func judgeCompression(_ side: Side, _ connection: LintedConnection, _ report: inout Report) {
        let sent = sent[side]
        let place = connection.place(side: side)
        let sizes =
            "\(Words.bytes(Int(clamping: sent.applicationBytes))) to \(Words.bytes(Int(clamping: sent.wireBytes)))"
        if sent.tiny * 2 > sent.compressed {
            report.add(
                "\(sent.tiny) of \(sent.compressed) compressed messages of the \(side) are smaller than "
                    + "\(Words.bytes(settings.bytes("tiny"))): all together from \(sizes)",
                at: place, subject: "\(side) tiny")
        } else if Double(sent.wireBytes) > settings.ratio("ratio") * Double(sent.applicationBytes) {
            report.add(
                "\(sent.compressed) messages of the \(side) were compressed from \(sizes)", at: place,
                subject: "\(side) incompressible")
        }
    }

    private func judgeText(
        _ message: Event.Message, _ payload: Span<UInt8>, _ connection: LintedConnection, _ report: inout Report
    ) {
        let bytes = payload.extracting(first: Self.compared)
        let found = Self.base64(in: bytes)
        guard Double(found) >= settings.ratio("base64") * Double(bytes.count) else { return }
        report.add(
            "a text of the \(message.side) with \(Words.bytes(payload.count)), and \(found * 100 / bytes.count) % of it "
                + "is Base64",
            at: connection.place(of: message), subject: "\(message.side) base64")
    }

    /// How many bytes are in runs of Base64: 256 characters and more of its alphabet, with capitals, small letters and
    /// digits among them.
    private static func base64(in text: Span<UInt8>) -> Int {
        var found = 0
        var start = 0
        var kinds = 0
        for index in 0...text.count {
            switch index < text.count ? text[index] : 0 {
            case 0x41...0x5a: kinds |= 1
            case 0x61...0x7a: kinds |= 2
            case 0x30...0x39: kinds |= 4
            case 0x2b, 0x2f, 0x2d, 0x5f, 0x3d, 0x5c: break
            default:
                if index - start >= 256, kinds == 7 { found += index - start }
                start = index + 1
                kinds = 0
            }
        }
        return found
    }

    private mutating func judgeState(
        _ message: Event.Message, _ payload: Span<UInt8>, _ connection: LintedConnection, _ report: inout Report
    ) {
        let side = message.side
        let bytes = payload.extracting(first: Self.compared)
        let before = sent[side].state
        let needed = Int(settings.ratio("equal") * Double(max(bytes.count, before.count)))
        sent[side].alike = Self.equal(before.span, bytes) >= max(1, needed) ? sent[side].alike + 1 : 1
        sent[side].state = bytes.withUnsafeBufferPointer { Array($0) }
        let alike = sent[side].alike
        if alike >= settings.count("repeats") { hasLarge = true }
        guard alike >= max(2, settings.count("repeats")) else { return }
        let percent = Int((settings.ratio("equal") * 100).rounded())
        report.add(
            "\(alike) messages of the \(side) in a row with \(Words.bytes(payload.count)) or so, each \(percent) % or more "
                + "the same as the one before",
            at: connection.place(of: message), subject: "\(side) state")
    }

    /// How many bytes are the same at the same place, or before and behind one change that made it longer or shorter.
    private static func equal(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Int {
        let shared = min(one.count, other.count)
        var same = 0
        var before = 0
        for index in 0..<shared where one[index] == other[index] {
            if before == index { before += 1 }
            same += 1
        }
        var behind = 0
        while behind < shared - before, one[one.count - 1 - behind] == other[other.count - 1 - behind] { behind += 1 }
        return max(same, before + behind)
    }
}

extension WastefulBytes {
    private static func deflated(_ scene: inout Scene, _ count: Int, _ text: (Int) -> String) {
        scene.open {
            $0.request("Sec-WebSocket-Extensions", "permessage-deflate")
            $0.response("Sec-WebSocket-Extensions", "permessage-deflate")
        }
        let deflater = Deflater(windowBits: 15, noContextTakeover: false)
        for number in 1...count {
            var payload: [UInt8] = []
            deflater.deflate(Array(text(number).utf8).span, into: &payload)
            scene.frame(.server, .text, payload, rsv1: true)
            scene.wait(0.2)
        }
        scene.end()
    }

    /// Bytes without a pattern.
    private static func noise(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: (UInt32($0) &+ 7) &* 2_654_435_761 >> 13) }
    }

    private static func state(_ turn: Int, every: Int) -> String {
        let fields = (0..<400).map { field in
            "\"f\(field)\":\(100 + (field * 7 + (field % every == turn % every ? turn : 0)) % 800)"
        }
        return "{\"type\":\"state\"," + fields.joined(separator: ",") + "}"
    }

    private static let examples: [Example] = [
        .violates("compression of a few bytes each") { deflated(&$0, 60) { #"{"type":"tick","n":\#($0 * 37)}"# } },
        .violates("an image as Base64") { scene in
            scene.open()
            scene.text(.server, #"{"type":"image","bytes":"\#(Base64.encode(noise(1200)))"}"#)
            scene.end()
        },
        .violates("the whole state for a changed field") { scene in
            scene.open()
            for turn in 1...11 {
                scene.text(.server, state(turn, every: 100))
                scene.wait(1)
            }
            scene.end()
        },
        .complies("compression of what is worth it") {
            deflated(&$0, 60) { number in
                #"{"type":"news","n":\#(number),"text":"\#(String(repeating: "the tide is out. ", count: 8))"}"#
            }
        },
        .complies("an image as bytes, and a long text") { scene in
            scene.open()
            scene.binary(.server, 3000)
            scene.text(.server, state(1, every: 2))
            scene.end()
        },
        .tooLittle("a few short messages") { scene in
            scene.open()
            for number in 1...5 { scene.text(.server, #"{"type":"tick","n":\#(number)}"#) }
            scene.end()
        },
    ]
}

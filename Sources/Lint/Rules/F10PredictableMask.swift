import Connection
import Wire

/// Masking keys that can be foretold.
struct PredictableMask: ConnectionRule {
    static let page = RulePage(
        "F10", "predictable-mask", .warning, .high, [.wire],
        references: ["RFC 6455 §5.3", "RFC 6455 §10.3", "CWE-330"], lesson: 8,
        says: "A client's masking keys are zero, repeat, count up, or have a part that never changes.",
        why: """
            The key keeps whoever chooses the payload from choosing the bytes on the wire. A script that can foretell \
            it can write an HTTP request into a frame, and a proxy in between that knows no WebSocket may answer it \
            and keep the answer in its cache for others.
            """,
        evidence: """
            The keys of a client's first `window` frames that have a payload, once there are `frames`: one that is 0; \
            `repeats` that were there before, which happens to random keys once in 10⁷ connections; the same \
            difference between two keys three times in a row; or one of the four bytes the same in all.
            """,
        fix: "Take 4 bytes from the system's source of random numbers for every frame.",
        snippets: [
            Snippet(
                .nio,
                "WebSocketFrame(fin: true, opcode: .text, maskKey: .random(), data: buffer)  // anew for each frame"),
            Snippet(
                .ws, "new WebSocket(url)  // without generateMask, keys come from crypto.randomFillSync"),
        ],
        exceptions: "Tools for tests use the key 0 so that a payload can be read in a capture.",
        thresholds: [
            Threshold("frames", .count(8), "how many frames there must be to judge"),
            Threshold("window", .count(1000), "how many frames of a connection are looked at"),
            Threshold("repeats", .count(2), "how many keys must have been there before"),
        ],
        examples: [
            .violates("always 0") { scene in
                scene.sendMasked { _ in MaskingKey(0, 0, 0, 0) }
            },
            .violates("always the same") { scene in
                scene.sendMasked { _ in MaskingKey(0x37, 0xfa, 0x21, 0x3d) }
            },
            .violates("one counted up") { scene in
                scene.sendMasked { number in MaskingKey(0x37, 0xfa, 0x21, 0x3d &+ UInt8(number)) }
            },
            .violates("24 random bits") { scene in
                scene.sendMasked { number in
                    let byte = UInt8(truncatingIfNeeded: (number + 1) * (number + 7) * 0x9d)
                    return MaskingKey(byte, byte ^ UInt8(truncatingIfNeeded: number * number * 3), byte &+ 0x71, 0)
                }
            },
            .complies("random keys") { scene in
                scene.open()
                for number in 1...8 { scene.text(.client, "message \(number)") }
                scene.end()
            },
            .tooLittle("7 frames") { scene in
                scene.open()
                for _ in 1...7 {
                    scene.frame(.client, .text, Array("hi".utf8), mask: MaskingKey(0, 0, 0, 0))
                }
            },
        ])

    static let watches: EventKinds = .frame

    private let frames: Int
    private let window: Int
    private let repeats: Int
    /// At most `window`, 4 bytes each; forgotten when they are complete.
    private var known: Set<UInt32> = []
    private var count = 0
    private var repeated = 0
    private var zeros = 0
    private var last: UInt32 = 0
    /// For the key as a number whose first byte is the highest, and whose first byte is the lowest.
    private var counting = (Counting(), Counting())
    /// The bits that differed between any two keys.
    private var changing: UInt32 = 0

    /// How often in a row a number grew by the same.
    private struct Counting {
        var difference: UInt32 = 0
        var times = 0

        mutating func add(_ difference: UInt32) {
            times = times > 0 && difference == self.difference ? times + 1 : 1
            self.difference = difference
        }
    }

    init(_ settings: RuleSettings) {
        frames = settings.count("frames")
        window = settings.count("window")
        repeats = settings.count("repeats")
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard count < window, case .frame(let frame) = event.kind, frame.side == .client,
            let key = frame.header.maskingKey, frame.header.payloadLength > 0, !connection.isMidstream,
            !connection.isIncomplete.client
        else { return }
        add(key.word)
        guard count >= frames, !report.hasFindings, let pattern else { return }
        report.add(pattern, at: connection.place(of: frame, bits: frame.header.maskingKeyBits))
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if connection.isMidstream { return .midstream }
        return count >= frames ? .pass : .notApplicable("fewer than \(frames) masked frames")
    }

    private mutating func add(_ key: UInt32) {
        count += 1
        if key == 0 { zeros += 1 }
        if !known.insert(key).inserted { repeated += 1 }
        if count > 1 {
            changing |= key ^ last
            counting.0.add(key.byteSwapped &- last.byteSwapped)
            counting.1.add(key &- last)
        }
        last = key
        if count == window { known = [] }
    }

    /// What can be foretold.
    private var pattern: String? {
        if zeros > 0 { return "the client's masking key is 0 in \(Words.count(zeros, "frame")) of \(count)" }
        if repeated >= repeats {
            return "\(repeated) of the client's \(count) masking keys were there before"
        }
        for counting in [counting.0, counting.1] where counting.times >= 3 {
            return "the client's masking keys differ by \(Int32(bitPattern: counting.difference)) from one to the next"
        }
        let constant = (0..<4).first { changing >> UInt32($0 * 8) & 0xff == 0 }
        return constant.map { "byte \($0 + 1) of the client's masking key is the same in all \(count) frames" }
    }
}

extension FrameHeader {
    /// Counted from the frame's first bit.
    fileprivate var maskingKeyBits: Range<Int> { (size - 4) * 8..<size * 8 }
}

extension Scene {
    /// Eight texts of the client with these keys.
    fileprivate mutating func sendMasked(_ key: (Int) -> MaskingKey) {
        open()
        for number in 0..<8 { frame(.client, .text, Array("hi".utf8), mask: key(number)) }
        end()
    }
}

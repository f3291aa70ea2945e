import Connection
import Testing
import Wire

@Suite struct FrameJudgeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let sender: Side
        var compression = false
        /// Headers, each followed by no payload.
        let headers: [[UInt8]]
        /// Of the last header, with the guilty bits.
        let violations: [Violation.Rule: Range<Int>?]
    }

    static let broken: [Case] = [
        Case(
            testDescription: "a client's frame without mask", sender: .client, headers: [[0x81, 0x00]],
            violations: [.clientUnmasked: 8..<9]),
        Case(
            testDescription: "a server's frame with mask", sender: .server, headers: [[0x81, 0x80, 1, 2, 3, 4]],
            violations: [.serverMasked: 8..<9]),
        Case(
            testDescription: "RSV1 that nobody negotiated", sender: .server, headers: [[0xc1, 0x00]],
            violations: [.reservedBit: 1..<2]),
        Case(
            testDescription: "RSV2 and RSV3 in spite of compression", sender: .server, compression: true,
            headers: [[0xf1, 0x00]], violations: [.reservedBit: 2..<4]),
        Case(
            testDescription: "a reserved data opcode", sender: .server, headers: [[0x83, 0x00]],
            violations: [.reservedOpcode: 4..<8]),
        Case(
            testDescription: "a reserved control opcode", sender: .server, headers: [[0x8b, 0x00]],
            violations: [.reservedOpcode: 4..<8]),
        Case(
            testDescription: "a fragmented ping", sender: .server, headers: [[0x09, 0x00]],
            violations: [.controlFragmented: 0..<1]),
        Case(
            testDescription: "a ping of 126 bytes", sender: .server, headers: [[0x89, 126, 0, 126]],
            violations: [.controlTooLong: 9..<32]),
        Case(
            testDescription: "125 bytes written in 16 bits", sender: .server, headers: [[0x82, 126, 0, 125]],
            violations: [.lengthNotMinimal: 9..<32]),
        Case(
            testDescription: "65,535 bytes written in 64 bits", sender: .server,
            headers: [[0x82, 127, 0, 0, 0, 0, 0, 0, 0xff, 0xff]], violations: [.lengthNotMinimal: 9..<80]),
        Case(
            testDescription: "a length of 2^63", sender: .server, headers: [[0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0]],
            violations: [.lengthTopBit: 16..<17]),
        Case(
            testDescription: "a continuation of nothing", sender: .server, headers: [[0x80, 0x00]],
            violations: [.continuationWithoutStart: 4..<8]),
        Case(
            testDescription: "a continuation after the message ended", sender: .server,
            headers: [[0x01, 0], [0x80, 0], [0x80, 0]], violations: [.continuationWithoutStart: 4..<8]),
        Case(
            testDescription: "a FIN data frame inside a fragmented message", sender: .server,
            headers: [[0x01, 0], [0x81, 0]], violations: [.dataFrameInsideMessage: 4..<8]),
        Case(
            testDescription: "anything after Close", sender: .server, headers: [[0x88, 0], [0x81, 0]],
            violations: [.frameAfterClose: nil]),
        Case(
            testDescription: "a second Close", sender: .server, headers: [[0x88, 0], [0x88, 0]],
            violations: [.frameAfterClose: nil]),
        Case(
            testDescription: "RSV1 on a control frame", sender: .server, compression: true, headers: [[0xc9, 0]],
            violations: [.rsv1OnControl: 1..<2]),
        Case(
            testDescription: "RSV1 on a continuation", sender: .server, compression: true,
            headers: [[0x41, 0], [0xc0, 0]], violations: [.rsv1OnContinuation: 1..<2]),
        Case(
            testDescription: "everything at once", sender: .client, headers: [[0x7f, 126, 0, 1]],
            violations: [
                .reservedBit: 1..<4, .reservedOpcode: 4..<8, .clientUnmasked: 8..<9, .controlFragmented: 0..<1,
                .controlTooLong: 9..<32, .lengthNotMinimal: 9..<32,
            ]),
    ]

    static let clean: [Case] = [
        Case(
            testDescription: "a client's frame with mask", sender: .client, headers: [[0x81, 0x80, 1, 2, 3, 4]],
            violations: [:]),
        Case(testDescription: "a server's frame without", sender: .server, headers: [[0x82, 0]], violations: [:]),
        Case(
            testDescription: "RSV1 with compression", sender: .server, compression: true, headers: [[0xc1, 0]],
            violations: [:]),
        Case(
            testDescription: "a ping of 125 bytes in a message", sender: .server, headers: [[0x01, 0], [0x89, 125]],
            violations: [:]),
        Case(
            testDescription: "126 bytes in 16 bits", sender: .server, headers: [[0x82, 126, 0, 126]],
            violations: [:]),
        Case(
            testDescription: "65,536 bytes in 64 bits", sender: .server,
            headers: [[0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]], violations: [:]),
        Case(
            testDescription: "a length of 2^63 - 1", sender: .server,
            headers: [[0x82, 127, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]], violations: [:]),
        Case(
            testDescription: "a continuation after a ping in the message", sender: .server,
            headers: [[0x02, 0], [0x8a, 0], [0x80, 0]], violations: [:]),
        Case(
            testDescription: "a message after a message", sender: .server,
            headers: [[0x02, 0], [0x80, 0], [0x81, 0]], violations: [:]),
        Case(
            testDescription: "the first Close, inside a message", sender: .server, headers: [[0x02, 0], [0x88, 0]],
            violations: [:]),
        Case(
            testDescription: "a message interrupted by another goes on", sender: .server,
            headers: [[0x01, 0], [0x81, 0], [0x80, 0]], violations: [:]),
    ]

    @Test(arguments: broken + clean) func judgesHeaders(_ vector: Case) throws {
        var judge = FrameJudge(sender: vector.sender, isCompressionAgreed: vector.compression)
        var violations: [Violation] = []
        for bytes in vector.headers {
            let read = FrameHeader.read(bytes.span, at: 0)
            let header = try #require(read)
            violations = judge.begin(header)
            #expect(judge.end() == nil)
        }
        let found = Dictionary(violations.map { ($0.rule, $0.bits) }) { first, _ in first }
        #expect(found == vector.violations)
        #expect(found.count == violations.count)
    }

    @Test func whereItBeginsMidstreamAContinuationIsNoViolation() throws {
        var judge = FrameJudge(sender: .server, startsMidstream: true)
        #expect(judge.begin(FrameHeader(opcode: .continuation, payloadLength: 0)).isEmpty)
        _ = judge.end()
        #expect(
            judge.begin(FrameHeader(opcode: .continuation, payloadLength: 0)).map(\.rule) == [.continuationWithoutStart]
        )
    }
}

/// Payloads: UTF-8 of text messages and the body of a Close.
@Suite struct FrameJudgePayloadTests {
    private func judge(_ body: [UInt8], opcode: Opcode = .close) -> [Violation] {
        var judge = FrameJudge(sender: .server)
        _ = judge.begin(FrameHeader(opcode: opcode, payloadLength: body.count))
        return judge.closeBody(body.span)
    }

    @Test(arguments: [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535] as [UInt16])
    func forbiddenCodes(_ code: UInt16) {
        let violations = judge([UInt8(code >> 8), UInt8(code & 0xff)])
        #expect(violations.map(\.rule) == [.closeCodeForbidden])
        #expect(violations.first?.bits == 16..<32)
        #expect(violations.first?.detail == "status code \(code)")
    }

    @Test(arguments: [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999])
    func allowedCodes(_ code: UInt16) {
        #expect(judge([UInt8(code >> 8), UInt8(code & 0xff)]).isEmpty)
    }

    @Test func bodies() {
        #expect(judge([]).isEmpty)
        #expect(judge([3]).map(\.rule) == [.closeBodyOneByte])
        #expect(judge([3]).first?.bits == 16..<24)
        #expect(judge([3, 0xe8] + Array("tschüß".utf8)).isEmpty)
        let broken = judge([3, 0xe8, 0x61, 0xff, 0x62])
        #expect(broken.map(\.rule) == [.invalidUTF8Reason])
        #expect(broken.first?.bits == 40..<48)
        #expect(judge([3, 0xed, 0xc3]).map(\.rule) == [.closeCodeForbidden, .invalidUTF8Reason])
    }

    struct Text: Sendable {
        let fragments: [[UInt8]]
        /// The fragment and payload byte at fault; nil for a valid message.
        let fault: (fragment: Int, byte: Int)?
    }

    static let texts: [Text] = [
        Text(fragments: [Array("Hällo, 世界 🙂".utf8)], fault: nil),
        Text(fragments: [[0xf0, 0x9f], [0x99], [0x82]], fault: nil),
        Text(fragments: [[]], fault: nil),
        Text(fragments: [[0x61, 0xc0, 0x80]], fault: (0, 1)),
        Text(fragments: [[0x61, 0x62], [0xed, 0xa0, 0x80]], fault: (1, 1)),
        Text(fragments: [[0xf4], [0x90, 0x80]], fault: (1, 0)),
        Text(fragments: [[0x61, 0xe2, 0x82]], fault: (0, 2)),
    ]

    /// A text message fails at the first byte that cannot be, however its payload is cut.
    @Test(arguments: texts) func text(_ vector: Text) {
        for size in 1...4 {
            var judge = FrameJudge(sender: .server)
            var found: [(fragment: Int, bits: Range<Int>?)] = []
            for (index, payload) in vector.fragments.enumerated() {
                let header = FrameHeader(
                    fin: index == vector.fragments.count - 1, opcode: index == 0 ? .text : .continuation,
                    payloadLength: payload.count)
                #expect(judge.begin(header).isEmpty)
                for start in stride(from: 0, to: payload.count, by: size) {
                    let piece = Array(payload[start..<min(start + size, payload.count)])
                    if let violation = judge.applicationData(piece.span, at: UInt64(start)) {
                        found.append((index, violation.bits))
                    }
                }
                if let violation = judge.end() { found.append((index, violation.bits)) }
            }
            #expect(found.count == (vector.fault == nil ? 0 : 1))
            #expect(found.first?.fragment == vector.fault?.fragment)
            #expect(found.first?.bits == vector.fault.map { (16 + $0.byte * 8)..<(24 + $0.byte * 8) })
        }
    }

    @Test func binaryIsNotText() {
        var judge = FrameJudge(sender: .server)
        _ = judge.begin(FrameHeader(opcode: .binary, payloadLength: 1))
        let bytes: [UInt8] = [0xff]
        let violation = judge.applicationData(bytes.span, at: 0)
        #expect(violation == nil)
        #expect(judge.end() == nil)
    }
}

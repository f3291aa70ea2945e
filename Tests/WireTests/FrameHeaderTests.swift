import Testing
import Wire

/// The header's bytes and back, RFC 6455 §5.2.
struct FrameHeaderTests {
    @Test(arguments: FrameVector.standard + FrameVector.hostile) func whatIsReadIsWrittenAgain(vector: FrameVector) {
        #expect(vector.header.bytes == Array(vector.bytes[..<vector.header.size]))
        let read = FrameHeader.read(vector.bytes.span, at: 0)
        #expect(read == vector.header)
    }

    @Test(arguments: [0x00, 0x81, 0xff] as [UInt8]) func everySecondByteGivesAHeaderAndBack(byte0: UInt8) {
        for byte1 in UInt8.min...UInt8.max {
            let size = FrameHeader.size(byte1: byte1)
            let bytes = [byte0, byte1] + (2..<14).map { UInt8($0) }
            let short = FrameHeader.read(Array(bytes[..<(size - 1)]).span, at: 0)
            let header = FrameHeader.read(bytes.span, at: 0)
            #expect(short == nil)
            #expect(header?.bytes == Array(bytes[..<size]))
        }
    }

    @Test func theFirstByteIsFourFlagsAndAnOpcode() {
        for byte0 in UInt8.min...UInt8.max {
            let header = FrameHeader(byte0: byte0, byte1: 0, payloadLength: 0, maskingKey: nil)
            let set = [header.fin, header.rsv1, header.rsv2, header.rsv3]
            let flags = set.reduce(0 as UInt8) { $0 << 1 | ($1 ? 1 : 0) }
            #expect(flags << 4 | header.opcode.bits == byte0)
            #expect(header.isControl == header.opcode.isControl)
        }
    }

    @Test(arguments: [
        (0, LengthForm.bits7, 2), (125, .bits7, 2), (126, .bits16, 4), (65_535, .bits16, 4), (65_536, .bits64, 10),
        (Int.max, .bits64, 10),
    ])
    func aWrittenLengthIsMinimal(length: Int, form: LengthForm, size: Int) {
        let header = FrameHeader(opcode: .binary, payloadLength: length)
        #expect(header.lengthForm == form && header.size == size && header.hasMinimalLength)
        let masked = FrameHeader(opcode: .binary, payloadLength: length, maskingKey: FrameVector.key)
        #expect(masked.size == size + 4 && masked.isMasked && !header.isMasked)
    }

    @Test(arguments: [
        (UInt8(126), UInt64(125), false), (126, 126, true), (127, 65_535, false), (127, 65_536, true), (127, 0, false),
    ])
    func aLengthThatHasAShorterFormIsNotMinimal(short: UInt8, length: UInt64, isMinimal: Bool) {
        let header = FrameHeader(byte0: 0x82, byte1: short, payloadLength: length, maskingKey: nil)
        #expect(header.hasMinimalLength == isMinimal)
    }

    @Test(arguments: UInt8(0)...15) func everyOpcodeIsKept(bits: UInt8) {
        let opcode = Opcode(bits: bits | 0xf0)
        #expect(opcode.bits == bits)
        #expect(opcode.isControl == (bits >= 8))
        #expect(opcode.isReserved == ![0, 1, 2, 8, 9, 10].contains(bits))
    }
}

/// RFC 6455 §7.4.
struct StatusCodeTests {
    @Test func whichCodesMayBeOnTheWire() {
        let forbidden: Set<UInt16> = [1004, 1005, 1006]
        for value in UInt16.min...UInt16.max {
            let isRegistered = (1000...1014).contains(value) && !forbidden.contains(value)
            let expected = isRegistered || (3000...4999).contains(value)
            if StatusCode(rawValue: value).isAllowedOnWire != expected { Issue.record("\(value)") }
        }
    }

    @Test func everyRegisteredCodeHasItsMeaning() {
        for value in 1000...1015 as ClosedRange<UInt16> { #expect(StatusCode(rawValue: value).meaning != nil) }
        #expect(StatusCode(rawValue: 999).meaning == nil && StatusCode(rawValue: 1016).meaning == nil)
        #expect(StatusCode(rawValue: 5000).meaning == nil && StatusCode(rawValue: 4999).meaning != nil)
    }
}

/// RFC 6455 §5.5.1.
struct ClosePayloadTests {
    @Test func aBodyIsNothingOrOneByteOrACodeAndAReason() {
        func payload(_ bytes: [UInt8]) -> ClosePayload { ClosePayload(bytes) }
        #expect(payload([]) == .empty && payload([]).closeCode == .noStatusReceived)
        #expect(payload([3]) == .truncated(3) && payload([3]).closeCode == .noStatusReceived)
        #expect(payload([0x03, 0xe8]) == .status(.normalClosure, reason: []))
        #expect(payload([0x03, 0xe9, 0x68, 0x69]).reason == "hi")
        #expect(payload([0x03, 0xe9, 0xff]).reason == "\u{fffd}")
        #expect(payload([0xff, 0xff]).closeCode.rawValue == 65_535)
    }

    @Test(arguments: [[], [9], [0x03, 0xe8], [0x03, 0xe8, 0x62, 0x79, 0x65], [0, 0, 0xff]] as [[UInt8]])
    func whatIsReadIsWrittenAgain(bytes: [UInt8]) {
        #expect(ClosePayload(bytes).bytes == bytes)
    }

    /// A reason of 123 bytes fits, and a longer one is cut between two characters.
    @Test(arguments: ["a", "é", "漢", "😀"]) func aReasonIsCutBetweenCharacters(character: String) {
        for padding in 0..<4 {
            let reason = String(repeating: "-", count: padding) + String(repeating: character, count: 130)
            let payload = ClosePayload(.goingAway, reason)
            #expect(payload.bytes.count <= 125 && payload.bytes.count > 125 - character.utf8.count)
            #expect(String(validating: payload.bytes[2...], as: UTF8.self) != nil)
            #expect(reason.hasPrefix(payload.reason))
        }
    }

    @Test(arguments: 121...124) func aReasonThatFitsIsNotCut(count: Int) {
        let reason = String(repeating: "x", count: count)
        #expect(ClosePayload(.goingAway, reason).reason.utf8.count == min(count, 123))
    }
}

extension ClosePayload {
    init(_ bytes: [UInt8]) { self.init(bytes.span) }
}

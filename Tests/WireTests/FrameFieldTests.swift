import Testing
import Wire

/// Every bit of a frame belongs to one field, which says what it means.
struct FrameFieldTests {
    @Test(arguments: FrameVector.standard + FrameVector.hostile) func theFieldsCoverEveryBitOnce(vector: FrameVector) {
        for sender in [nil, Side.client, .server] {
            let fields = vector.header.fields(sender: sender)
            var next = 0
            for field in fields {
                #expect(field.bits.lowerBound == next && !field.bits.isEmpty)
                #expect(!field.meaning.isEmpty && !field.value.isEmpty && field.section.hasPrefix("RFC "))
                next = field.bits.upperBound
            }
            #expect(next == vector.bytes.count * 8)
        }
    }

    @Test func theStandardsMaskedHelloIsExplained() {
        let header = FrameHeader(opcode: .text, payloadLength: 5, maskingKey: FrameVector.key)
        let fields = header.fields(sender: .client)
        #expect(
            fields.map(\.name) == [
                .fin, .rsv1, .rsv2, .rsv3, .opcode, .mask, .payloadLength, .maskingKey, .applicationData,
            ])
        #expect(fields.map(\.value) == ["1", "0", "0", "0", "0x1", "1", "5", "37 fa 21 3d", "5 bytes"])
        #expect(fields.map(\.bits) == [0..<1, 1..<2, 2..<3, 3..<4, 4..<8, 8..<9, 9..<16, 16..<48, 48..<88])
        #expect(fields[0].meaning == "the last frame of its message")
        #expect(fields[5].meaning == "masked, as every frame of a client must be")
    }

    @Test func aBreachIsSaidInTheFieldThatHasIt() {
        let header = FrameHeader(byte0: 0x7b, byte1: 0x7f, payloadLength: 1 << 63, maskingKey: nil)
        let fields = header.fields(sender: .client)
        func meaning(_ name: FrameField.Name) -> String? { fields.first { $0.name == name }?.meaning }
        #expect(meaning(.fin)?.contains("must not") == true)
        #expect(meaning(.rsv2)?.contains("no registered extension") == true)
        #expect(meaning(.opcode)?.contains("reserved") == true)
        #expect(meaning(.mask)?.contains("must be") == true)
        #expect(meaning(.extendedPayloadLength)?.contains("first bit must be 0") == true)
        #expect(fields.last?.bits.upperBound == Int.max)
    }

    @Test func aCloseBodyHasItsOwnFields() {
        let fields = ClosePayload([0x03, 0xed, 0x1b, 0xff]).fields(from: 16)
        #expect(fields.map(\.name) == [.statusCode, .reason])
        #expect(fields.map(\.bits) == [16..<32, 32..<48])
        #expect(fields.map(\.value) == ["1005", "\\x1b\\xff"])
        #expect(fields[0].meaning == "no status received, which must not be on the wire")
        #expect(fields[1].meaning == "must be valid UTF-8, and is not")
        #expect(ClosePayload([3]).fields(from: 16).map(\.bits) == [16..<24])
        #expect(ClosePayload([]).fields(from: 16).isEmpty)
    }

    @Test(arguments: FrameField.Name.allCases) func everyFieldHasATitle(name: FrameField.Name) {
        #expect(!name.title.isEmpty && name.title.count < 25)
    }
}

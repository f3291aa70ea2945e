import Testing
import Wire

struct HexBytesTests {
    @Test(arguments: [
        "81 05 48", "810548", "8105 48", "0x81 0x05 0x48", "0x81,0x05,0x48", "0x810548", "81:05:48", "81-05-48",
        "\\x81\\x05\\x48", "x81 x05 x48", " 81\t05\n48\r\n", "81, 05; 48,", "81 05 48".uppercased(), "0X810548",
    ])
    func everyUsualWayToWriteBytesIsRead(text: String) throws {
        #expect(try HexBytes.parse(text) == [0x81, 0x05, 0x48])
    }

    @Test func bothCasesOfDigitsAreRead() throws {
        #expect(try HexBytes.parse("aB Cd eF") == [0xab, 0xcd, 0xef])
    }

    @Test(arguments: [
        ("", HexBytes.Fault.Kind.empty, 1), (" , ", .empty, 1), ("zz", .noDigit("z"), 1), ("81 0g", .noDigit("g"), 5),
        ("0x8z", .noDigit("z"), 4), ("81 5", .halfByte, 4), ("810", .halfByte, 3), ("5 81", .halfByte, 1),
        ("0x", .halfByte, 2), ("81 é", .noDigit("é"), 4), ("8１", .noDigit("１"), 2), ("\u{1b}", .noDigit("\u{1b}"), 1),
        ("81\r\n0z", .noDigit("z"), 5),
    ])
    func whatIsNoByteIsNamedWithItsPlace(text: String, kind: HexBytes.Fault.Kind, position: Int) {
        #expect(throws: HexBytes.Fault(kind: kind, position: position)) { try HexBytes.parse(text) }
    }

    @Test func aFaultSaysWhatToDoAndIsSafeToPrint() {
        #expect(
            HexBytes.Fault(kind: .noDigit("\u{1b}"), position: 3).description
                == "character 3, \"\\x1b\", is no hexadecimal digit; write bytes such as 81 05 48 65 6c 6c 6f")
        #expect(HexBytes.Fault(kind: .halfByte, position: 4).description.contains("character 4"))
        #expect(HexBytes.Fault(kind: .empty, position: 1).description.contains("81 05"))
    }

    @Test func longInputIsReadInOneGo() throws {
        #expect(try HexBytes.parse(String(repeating: "ab", count: 100_000)).count == 100_000)
    }
}

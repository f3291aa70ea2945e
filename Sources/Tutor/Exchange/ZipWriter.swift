/// A zip archive whose entries are stored as they are, PKWARE's APPNOTE 4.3.
struct ZipWriter {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, _ text: String) {
        let (name, content) = (Array(name.utf8), Array(text.utf8))
        let offset = bytes.count
        // Version 2.0, names in UTF-8, stored, 1 January 1980.
        let common =
            ZipWriter.words([20, 0x0800, 0, 0, 0x0021]) + ZipWriter.double(ZipWriter.checksum(content))
            + ZipWriter.double(UInt32(content.count)) + ZipWriter.double(UInt32(content.count))
            + ZipWriter.words([UInt16(name.count), 0])
        bytes += [0x50, 0x4b, 3, 4] + common + name + content
        directory +=
            [0x50, 0x4b, 1, 2] + ZipWriter.words([20]) + common + ZipWriter.words([0, 0, 0]) + ZipWriter.double(0)
            + ZipWriter.double(UInt32(offset)) + name
        count += 1
    }

    /// The whole archive.
    func finished() -> [UInt8] {
        let end =
            ZipWriter.words([0, 0, UInt16(count), UInt16(count)]) + ZipWriter.double(UInt32(directory.count))
            + ZipWriter.double(UInt32(bytes.count)) + ZipWriter.words([0])
        return bytes + directory + [0x50, 0x4b, 5, 6] + end
    }

    private static func words(_ words: [UInt16]) -> [UInt8] {
        words.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }

    private static func double(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    /// CRC-32.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xffff_ffff as UInt32) { sum, byte in
            (sum >> 8) ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)]
        }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    }
}

/// Reads what `Sources/Index` packed: `sN:` and N bytes, `lN:` and N values, `mN:` and N keys with values.
///
/// The text was made by our own build, so a fault in it is a fault of this program.
struct PackedReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    static func read(_ text: StaticString) -> Tree {
        text.withUTF8Buffer { bytes in
            var reader = PackedReader(bytes: bytes)
            return reader.value()
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func value() -> Tree {
        let kind = bytes[at]
        at += 1
        let count = number()
        switch kind {
        case UInt8(ascii: "l"): return .list((0..<count).map { _ in value() }, .none)
        case UInt8(ascii: "m"):
            return .map((0..<count).map { _ in Tree.Entry(key: key(), keyPlace: .none, value: value()) }, .none)
        default: return .scalar(text(count), .none)
        }
    }

    private mutating func key() -> String {
        at += 1
        return text(number())
    }

    private mutating func text(_ count: Int) -> String {
        defer { at += count }
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[at..<at + count]), as: UTF8.self)
    }

    private mutating func number() -> Int {
        var number = 0
        while bytes[at] != UInt8(ascii: ":") {
            number = number * 10 + Int(bytes[at] - UInt8(ascii: "0"))
            at += 1
        }
        at += 1
        return number
    }
}

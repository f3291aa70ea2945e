/// Reads one JSON text, RFC 8259, strictly: nothing before or behind it, no name twice in an object, and no deeper than
/// 64, so that nobody's message exhausts the stack.
struct JSONParser {
    private static let mostDepth = 64

    private let count: Int
    private var index = 0
    private var depth = 0

    init(count: Int) { self.count = count }

    mutating func text(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> JSONValue {
        let value = try value(bytes)
        skipSpace(bytes)
        guard index == count else { throw fault("something behind the value") }
        return value
    }

    private func fault(_ what: String) -> JSONValue.Fault { JSONValue.Fault(offset: index, what: what) }

    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while index < count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[index]) { index += 1 }
    }

    private mutating func value(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> JSONValue {
        skipSpace(bytes)
        guard index < count else { throw fault("a value is missing") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try nested { parser throws(JSONValue.Fault) in try parser.object(bytes) }
        case UInt8(ascii: "["): return try nested { parser throws(JSONValue.Fault) in try parser.array(bytes) }
        case UInt8(ascii: "\""): return .string(try string(bytes))
        case UInt8(ascii: "t"): return try word("true", .bool(true), bytes)
        case UInt8(ascii: "f"): return try word("false", .bool(false), bytes)
        case UInt8(ascii: "n"): return try word("null", .null, bytes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number(bytes))
        default: throw fault("no value begins with this byte")
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONValue.Fault) -> JSONValue
    ) throws(JSONValue.Fault) -> JSONValue {
        guard depth < JSONParser.mostDepth else { throw fault("deeper than \(JSONParser.mostDepth)") }
        depth += 1
        index += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> JSONValue {
        var fields: [String: JSONValue] = [:]
        if takes("}", bytes) { return .object(fields) }
        repeat {
            skipSpace(bytes)
            guard index < count, bytes[index] == UInt8(ascii: "\"") else { throw fault("a name is missing") }
            let name = try string(bytes)
            guard fields[name] == nil else { throw fault("a name stands twice in one object") }
            guard takes(":", bytes) else { throw fault("a colon is missing") }
            fields[name] = try value(bytes)
        } while takes(",", bytes)
        guard takes("}", bytes) else { throw fault("the object is not closed") }
        return .object(fields)
    }

    private mutating func array(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> JSONValue {
        var items: [JSONValue] = []
        if takes("]", bytes) { return .array(items) }
        repeat { items.append(try value(bytes)) } while takes(",", bytes)
        guard takes("]", bytes) else { throw fault("the array is not closed") }
        return .array(items)
    }

    private mutating func takes(_ symbol: Unicode.Scalar, _ bytes: Span<UInt8>) -> Bool {
        skipSpace(bytes)
        guard index < count, bytes[index] == UInt8(ascii: symbol) else { return false }
        index += 1
        return true
    }

    private mutating func word(
        _ text: StaticString, _ value: JSONValue, _ bytes: Span<UInt8>
    ) throws(JSONValue.Fault) -> JSONValue {
        let length = text.utf8CodeUnitCount
        let isThere =
            index + length <= count
            && (0..<length).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
        guard isThere else { throw fault("no value begins like this") }
        index += length
        return value
    }

    private mutating func number(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> Double {
        let start = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let leading = index
        guard digits(bytes) > 0, index == leading + 1 || bytes[leading] != UInt8(ascii: "0") else {
            throw fault("no number begins like this")
        }
        if index < count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            guard digits(bytes) > 0 else { throw fault("a digit is missing behind the point") }
        }
        if index < count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
            guard digits(bytes) > 0 else { throw fault("a digit is missing in the exponent") }
        }
        let text = String(decoding: (start..<index).map { bytes[$0] }, as: UTF8.self)
        guard let number = Double(text), number.isFinite else { throw fault("a number beyond what a double holds") }
        return number
    }

    private mutating func digits(_ bytes: Span<UInt8>) -> Int {
        let start = index
        while index < count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
        return index - start
    }

    private mutating func string(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> String {
        index += 1
        var text: [UInt8] = []
        while index < count {
            plain(bytes, into: &text)
            guard index < count else { break }
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw fault("no UTF-8") }
                return string
            case UInt8(ascii: "\\"): text += try escape(bytes)
            default: throw fault("a control character in a string")
            }
        }
        throw fault("the string is not closed")
    }

    /// Takes what stands for itself, in one piece.
    private mutating func plain(_ bytes: Span<UInt8>, into text: inout [UInt8]) {
        var end = index
        while end < count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\") {
            end += 1
        }
        bytes.extracting(index..<end).withUnsafeBufferPointer { text.append(contentsOf: $0) }
        index = end
    }

    private mutating func escape(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> [UInt8] {
        guard index < count else { throw fault("the string is not closed") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(Character(try scalar(bytes))).utf8)
        default: throw fault("there is no such escape")
        }
    }

    private mutating func scalar(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> Unicode.Scalar {
        let first = try fourDigits(bytes)
        if let scalar = Unicode.Scalar(first) { return scalar }
        // The first half of a pair, RFC 8259 §7.
        let hasSecond =
            index + 2 <= count && bytes[index] == UInt8(ascii: "\\") && bytes[index + 1] == UInt8(ascii: "u")
        guard (0xd800..<0xdc00).contains(first), hasSecond else { throw fault("half a surrogate pair") }
        index += 2
        let second = try fourDigits(bytes)
        guard (0xdc00..<0xe000).contains(second),
            let scalar = Unicode.Scalar(0x1_0000 + (first - 0xd800) << 10 + (second - 0xdc00))
        else { throw fault("half a surrogate pair") }
        return scalar
    }

    private mutating func fourDigits(_ bytes: Span<UInt8>) throws(JSONValue.Fault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard index < count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw fault("\\u takes four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}

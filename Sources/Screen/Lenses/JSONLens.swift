import Wire

/// A JSON text, RFC 8259, indented line by line; strings and numbers stay exactly as they were written.
///
/// Own and without recursion: the text comes from a peer, who may nest it as deep as a message is long.
struct JSONLens {
    /// Where a text stops being JSON.
    struct Fault: Error, Hashable {
        /// In bytes from the text's beginning.
        let offset: Int
        let expected: String
    }

    private enum Container { case object, array }

    private enum Expected: String {
        case value = "a value"
        case valueOrEnd = "a value or ]"
        case nameOrEnd = "a name in quotes or }"
        case name = "a name in quotes"
        case colon = "a colon"
        case commaOrEnd = "a comma or the end"
        case nothing = "nothing more"
    }

    private let bytes: [UInt8]
    private var offset = 0
    private var open: [Container] = []
    private var expected = Expected.value
    private var lines: [StyledText] = []
    private var line = StyledText()

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// - Parameter bytes: The text as a whole.
    static func lines(_ bytes: [UInt8]) throws(Fault) -> [StyledText] {
        var lens = JSONLens(bytes)
        try lens.read()
        return lens.lines
    }

    /// Whether a look at the first byte makes JSON worth a try.
    static func mayBe(_ bytes: some Collection<UInt8>) -> Bool {
        let first = bytes.first { !isBlank($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    private mutating func read() throws(Fault) {
        skipBlanks()
        while offset < bytes.count {
            try readToken()
            skipBlanks()
        }
        guard expected == .nothing else { throw fault }
        endLine()
    }

    private var fault: Fault { Fault(offset: offset, expected: expected.rawValue) }

    private mutating func readToken() throws(Fault) {
        switch bytes[offset] {
        case UInt8(ascii: "{"): try begin(.object, "{")
        case UInt8(ascii: "["): try begin(.array, "[")
        case UInt8(ascii: "}"): try end(.object, "}")
        case UInt8(ascii: "]"): try end(.array, "]")
        case UInt8(ascii: ","): try readComma()
        case UInt8(ascii: ":"):
            guard expected == .colon else { throw fault }
            line.append(": ", .dim)
            offset += 1
            expected = .value
        case UInt8(ascii: "\""): try readString()
        default: try readScalar()
        }
    }

    private mutating func begin(_ container: Container, _ sign: String) throws(Fault) {
        guard expected == .value || expected == .valueOrEnd else { throw fault }
        breakAfterOpening()
        line.append(sign, .dim)
        open.append(container)
        expected = container == .object ? .nameOrEnd : .valueOrEnd
        offset += 1
    }

    private mutating func end(_ container: Container, _ sign: String) throws(Fault) {
        let isEmpty = expected == .nameOrEnd || expected == .valueOrEnd
        guard open.last == container, isEmpty || expected == .commaOrEnd else { throw fault }
        open.removeLast()
        if !isEmpty { endLine() }
        line.append(sign, .dim)
        offset += 1
        afterValue()
    }

    private mutating func readComma() throws(Fault) {
        guard expected == .commaOrEnd, let container = open.last else { throw fault }
        line.append(",", .dim)
        endLine()
        offset += 1
        expected = container == .object ? .name : .value
    }

    private mutating func readString() throws(Fault) {
        let start = offset
        var next = offset + 1
        while next < bytes.count, bytes[next] != UInt8(ascii: "\"") {
            next += bytes[next] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard next < bytes.count else { throw Fault(offset: bytes.count, expected: "the end of a string") }
        let text = SafeText.escape(Array(bytes[start...next]))
        switch expected {
        case .name, .nameOrEnd:
            breakAfterOpening()
            line.append(text, .jsonName)
            expected = .colon
        case .value, .valueOrEnd:
            breakAfterOpening()
            line.append(text)
            afterValue()
        case .colon, .commaOrEnd, .nothing: throw fault
        }
        offset = next + 1
    }

    private mutating func readScalar() throws(Fault) {
        guard expected == .value || expected == .valueOrEnd else { throw fault }
        let end = bytes[offset...].firstIndex { !JSONLens.isScalarByte($0) } ?? bytes.count
        let text = String(decoding: bytes[offset..<end], as: UTF8.self)
        guard JSONLens.isScalar(text) else { throw fault }
        breakAfterOpening()
        line.append(text, .jsonLiteral)
        offset = end
        afterValue()
    }

    private mutating func afterValue() { expected = open.isEmpty ? .nothing : .commaOrEnd }

    /// The first member or element of a container stands on a line of its own.
    private mutating func breakAfterOpening() {
        if expected == .nameOrEnd || expected == .valueOrEnd { endLine() }
    }

    private mutating func endLine() {
        lines.append(line)
        // Beyond some depth indentation tells nobody anything.
        line = StyledText(String(repeating: " ", count: 2 * min(open.count, 20)))
    }

    private mutating func skipBlanks() {
        while offset < bytes.count, JSONLens.isBlank(bytes[offset]) { offset += 1 }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 }

    private static func isScalarByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private static func isScalar(_ text: String) -> Bool {
        text == "true" || text == "false" || text == "null" || isNumber(text.utf8)
    }

    /// RFC 8259 §6: [ minus ] int [ frac ] [ exp ], without leading zeros.
    private static func isNumber(_ text: String.UTF8View) -> Bool {
        var rest = text[...]
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let isZero = rest.first == UInt8(ascii: "0")
        let digits = takeDigits(&rest)
        guard digits > 0, !isZero || digits == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard takeDigits(&rest) > 0 else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            guard takeDigits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    private static func takeDigits(_ text: inout Substring.UTF8View) -> Int {
        let count = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        text.removeFirst(count)
        return count
    }
}

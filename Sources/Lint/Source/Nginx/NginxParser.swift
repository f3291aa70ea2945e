/// Reads the configuration language of nginx: words, quotes, comments, ";", "{" and "}".
struct NginxParser {
    private let text: [UInt8]
    private var index = 0
    private(set) var comments: [Range<Int>] = []

    private static let depthLimit = 32

    init(_ text: [UInt8]) { self.text = text }

    /// - Returns: nil where it is not that language.
    mutating func file() -> [NginxDirective]? {
        guard let directives = directives(depth: 0), index == text.count else { return nil }
        return directives
    }

    private mutating func directives(depth: Int) -> [NginxDirective]? {
        var found: [NginxDirective] = []
        while true {
            skipSpace()
            guard index < text.count, text[index] != UInt8(ascii: "}") else { return found }
            guard let directive = directive(depth: depth) else { return nil }
            found.append(directive)
        }
    }

    private mutating func directive(depth: Int) -> NginxDirective? {
        let start = index
        guard let name = word() else { return nil }
        var arguments: [String] = []
        while true {
            let end = index
            skipSpace()
            guard index < text.count else { return nil }
            switch text[index] {
            case UInt8(ascii: ";"):
                index += 1
                return NginxDirective(name: name, arguments: arguments, bytes: start..<index, block: nil)
            case UInt8(ascii: "{"):
                index += 1
                guard let block = block(of: name, depth: depth) else { return nil }
                return NginxDirective(name: name, arguments: arguments, bytes: start..<end, block: block)
            case UInt8(ascii: "}"): return nil
            default:
                guard let argument = word() else { return nil }
                arguments.append(argument)
            }
        }
    }

    private mutating func block(of name: String, depth: Int) -> [NginxDirective]? {
        if name.hasSuffix("_by_lua_block") { return skipBraces() ? [] : nil }
        guard depth < Self.depthLimit, let block = directives(depth: depth + 1), index < text.count else { return nil }
        index += 1
        return block
    }

    /// A program in another language: only its braces are counted.
    private mutating func skipBraces() -> Bool {
        var depth = 1
        while index < text.count, depth > 0 {
            if text[index] == UInt8(ascii: "{") { depth += 1 }
            if text[index] == UInt8(ascii: "}") { depth -= 1 }
            index += 1
        }
        return depth == 0
    }

    private mutating func skipSpace() {
        while index < text.count {
            if text[index] == UInt8(ascii: "#") {
                let start = index
                while index < text.count, text[index] != 0x0a { index += 1 }
                comments.append(start..<index)
            } else if [0x20, 0x09, 0x0a, 0x0d].contains(text[index]) {
                index += 1
            } else {
                return
            }
        }
    }

    /// A word, or a text in quotes; "${name}" in a word is no block.
    private mutating func word() -> String? {
        if text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "'") { return quoted(text[index]) }
        var bytes: [UInt8] = []
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\\"), index + 1 < text.count {
                bytes += [byte, text[index + 1]]
                index += 2
            } else if byte == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "$") {
                guard let end = text[index...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
                bytes += text[index...end]
                index = end + 1
            } else if [0x20, 0x09, 0x0a, 0x0d].contains(byte) || Array(";{}".utf8).contains(byte) {
                break
            } else {
                bytes.append(byte)
                index += 1
            }
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private mutating func quoted(_ quote: UInt8) -> String? {
        var bytes: [UInt8] = []
        index += 1
        while index < text.count, text[index] != quote {
            if text[index] == UInt8(ascii: "\\"), index + 1 < text.count { index += 1 }
            bytes.append(text[index])
            index += 1
        }
        guard index < text.count else { return nil }
        index += 1
        return String(decoding: bytes, as: UTF8.self)
    }
}

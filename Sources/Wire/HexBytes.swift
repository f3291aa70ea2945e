/// Bytes as a person types them: `81 05 48`, `810548`, `0x81, 0x05`, `81:05`, `\x81\x05`.
package enum HexBytes {
    /// The first place that cannot be read.
    package struct Fault: Error, Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            /// There is no byte at all.
            case empty
            case noDigit(Character)
            /// A digit without its partner.
            case halfByte
        }

        package let kind: Kind
        /// The character's number, from 1.
        package let position: Int

        package init(kind: Kind, position: Int) {
            self.kind = kind
            self.position = position
        }
    }

    /// - Parameter text: Pairs of hexadecimal digits, together or apart. Between them may stand white space, commas,
    ///   colons, semicolons, hyphens and backslashes, and before them `0x` or `x`.
    package static func parse(_ text: String) throws(Fault) -> [UInt8] {
        var bytes: [UInt8] = []
        var group: [Character] = []
        var position = 0
        for character in text {
            position += 1
            if isSeparator(character) {
                try read(group, before: position, into: &bytes)
                group = []
            } else {
                group.append(character)
            }
        }
        try read(group, before: position + 1, into: &bytes)
        guard !bytes.isEmpty else { throw Fault(kind: .empty, position: 1) }
        return bytes
    }

    private static func isSeparator(_ character: Character) -> Bool {
        character.isWhitespace || ",:;-\\".contains(character)
    }

    /// A run of characters without separators, such as `0x81` or `8105`, that ends right before `position`.
    private static func read(_ group: [Character], before position: Int, into bytes: inout [UInt8]) throws(Fault) {
        var digits = group[...]
        if digits.count > 1, digits.first == "0", isX(digits[1]) {
            digits = digits.dropFirst(2)
        } else if let first = digits.first, isX(first) {
            digits = digits.dropFirst()
        }
        let start = position - digits.count
        if digits.isEmpty, !group.isEmpty { throw Fault(kind: .halfByte, position: position - 1) }
        var high: UInt8?
        for (index, character) in digits.enumerated() {
            guard character.isASCII, let value = character.hexDigitValue else {
                throw Fault(kind: .noDigit(character), position: start + index)
            }
            if let first = high { bytes.append(first << 4 | UInt8(value)) }
            high = high == nil ? UInt8(value) : nil
        }
        if high != nil { throw Fault(kind: .halfByte, position: position - 1) }
    }

    private static func isX(_ character: Character) -> Bool { character == "x" || character == "X" }
}

extension HexBytes.Fault: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    package var description: String {
        switch kind {
        case .empty: "there are no bytes; write them in hexadecimal, such as 81 05 48 65 6c 6c 6f"
        case .noDigit(let character):
            "character \(position), \"\(SafeText.escape(String(character)))\", is no hexadecimal digit; "
                + "write bytes such as 81 05 48 65 6c 6c 6f"
        case .halfByte: "the digit at character \(position) has no partner; a byte has two digits, such as 05"
        }
    }
}

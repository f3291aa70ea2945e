/// One element of `Sec-WebSocket-Extensions`, RFC 6455 §9.1: an extension's name and its parameters, which a client
/// offers and a server answers in the same grammar.
///
///     extension-list = 1#extension
///     extension = extension-token *( ";" extension-param )
///     extension-param = token [ "=" (token | quoted-string) ]
package struct ExtensionOffer: Hashable, Sendable {
    package struct Parameter: Hashable, Sendable {
        package let name: String
        /// Without its quotes; nil where there is no `=`.
        package let value: String?
    }

    package let name: String
    package let parameters: [Parameter]

    /// All elements of all fields of that name: several fields are one list.
    package static func parse(_ values: [String]) -> Result<[ExtensionOffer], NegotiationFault> {
        var offers: [ExtensionOffer] = []
        for value in values {
            var parser = ExtensionParser(value)
            if let fault = parser.parse(into: &offers) { return .failure(fault) }
        }
        return .success(offers)
    }
}

/// Why an extension negotiation is no valid one; safe text.
package struct NegotiationFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}

/// Reads one header field's value from left to right, every byte once.
private struct ExtensionParser {
    private let bytes: [UInt8]
    private var index = 0

    init(_ value: String) {
        bytes = Array(value.utf8)
    }

    /// - Returns: What breaks the grammar, if anything does.
    mutating func parse(into offers: inout [ExtensionOffer]) -> NegotiationFault? {
        repeat {
            skipBlanks()
            guard let name = token() else { return fault("an extension's name") }
            var parameters: [ExtensionOffer.Parameter] = []
            while take(0x3b) {
                guard let parameter = parameter() else { return fault("a parameter") }
                parameters.append(parameter)
            }
            offers.append(ExtensionOffer(name: name, parameters: parameters))
        } while take(0x2c)
        return index == bytes.count ? nil : fault("\",\" or \";\"")
    }

    private mutating func parameter() -> ExtensionOffer.Parameter? {
        skipBlanks()
        guard let name = token() else { return nil }
        guard take(0x3d) else { return ExtensionOffer.Parameter(name: name, value: nil) }
        skipBlanks()
        guard let value = index < bytes.count && bytes[index] == 0x22 ? quoted() : token() else { return nil }
        return ExtensionOffer.Parameter(name: name, value: value)
    }

    private mutating func token() -> String? {
        let start = index
        while index < bytes.count, bytes[index].isTokenCharacter { index += 1 }
        return start == index ? nil : String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// "the value after quoted-string unescaping MUST conform to the 'token' ABNF", §9.1.
    private mutating func quoted() -> String? {
        index += 1
        var value: [UInt8] = []
        while index < bytes.count, bytes[index] != 0x22 {
            if bytes[index] == 0x5c { index += 1 }
            guard index < bytes.count, bytes[index].isTokenCharacter else { return nil }
            value.append(bytes[index])
            index += 1
        }
        guard index < bytes.count, !value.isEmpty else { return nil }
        index += 1
        return String(decoding: value, as: UTF8.self)
    }

    /// The delimiter with the white space around it, "implied *LWS", §4.3.
    private mutating func take(_ delimiter: UInt8) -> Bool {
        skipBlanks()
        guard index < bytes.count, bytes[index] == delimiter else { return false }
        index += 1
        return true
    }

    private mutating func skipBlanks() {
        while index < bytes.count, bytes[index].isBlank { index += 1 }
    }

    private func fault(_ expected: String) -> NegotiationFault {
        NegotiationFault(description: "at character \(index + 1) of the header \(expected) is expected")
    }
}

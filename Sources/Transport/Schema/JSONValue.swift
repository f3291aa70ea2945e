/// A JSON text, RFC 8259, as a value.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// As a double, as most programs read it: whole numbers are exact up to 2^53.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// What is wrong with a text, and at which byte.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        package let offset: Int
        package let what: String
        package var description: String { "byte \(offset): \(what)" }
    }

    package init(parsing text: String) throws(Fault) {
        self = try JSONValue(parsing: Array(text.utf8).span)
    }

    /// - Parameter bytes: UTF-8.
    package init(parsing bytes: Span<UInt8>) throws(Fault) {
        var parser = JSONParser(count: bytes.count)
        self = try parser.text(bytes)
    }
}

extension JSONValue {
    /// `null`, `boolean`, `number`, `string`, `array` or `object`.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    package subscript(key: String) -> JSONValue? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }
}

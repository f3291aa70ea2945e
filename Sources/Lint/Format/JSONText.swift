import Foundation

/// JSON with its keys in order, so that two runs can be compared.
enum JSONText {
    static func encode(_ value: some Encodable, isPretty: Bool = false) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            preconditionFailure("a record of text and whole numbers is JSON: \(error)")
        }
    }
}

import Foundation
import Wire

/// Numbers as people type them: 1,000 and 2.5 and 0x10.
enum NumberText {
    static func parse(_ text: String) -> Double? {
        let trimmed = text.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "_", with: "")
        if trimmed.lowercased().hasPrefix("0x") { return UInt64(trimmed.dropFirst(2), radix: 16).map { Double($0) } }
        let parts = trimmed.split(separator: ",", omittingEmptySubsequences: false)
        // A comma stands between groups of three digits, and nowhere else.
        let isGrouped = parts.dropFirst().allSatisfy { $0.prefix { $0 != "." }.count == 3 }
        guard isGrouped, let number = Double(parts.joined()), number.isFinite else { return nil }
        return number
    }

    static func write(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    }
}

/// Bytes as people type them.
enum HexText {
    static func parse(_ text: String) -> [UInt8]? { try? HexBytes.parse(text) }

    static func write(_ bytes: [UInt8]) -> String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(separator: " ")
    }
}

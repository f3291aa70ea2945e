import Wire

/// Does an event match, and if not, what differs?
extension EventPattern {
    /// Right kind, right side, right connection: what the conditions are then asked of.
    func isAbout(_ event: LabEvent) -> Bool {
        event.isA(what) && (side == nil || event.side == side) && (connection == nil || event.name == connection)
    }

    package func matches(_ event: LabEvent) -> Bool {
        isAbout(event) && conditions.allSatisfy { $0.difference(in: event) == nil }
    }

    /// The conditions that the event does not meet, in words.
    func differences(in event: LabEvent) -> [String] { conditions.compactMap { $0.difference(in: event) } }
}

extension EventPattern.Condition {
    /// What differs, for a person: "masked: expected no, but it is yes"; nil where nothing does.
    func difference(in event: LabEvent) -> String? {
        guard let value = event.value(of: field) else {
            return comparison == .unequal ? nil : "\(name): expected \(wanted), but there is none"
        }
        switch value {
        case .number(let number): return holds(number) ? nil : told(Figure.text(number))
        case .flag(let flag): return holds(flag) ? nil : told(flag ? "yes" : "no")
        case .word(let word): return holds([word]) ? nil : told("\"\(SafeText.escape(word))\"")
        case .words(let words):
            let shown = words.isEmpty ? "none" : words.prefix(1).map { "\"\(SafeText.escape($0))\"" }[0]
            return holds(words) ? nil : told(shown)
        case .bytes(let bytes): return difference(bytes)
        }
    }

    private var name: String { field.hasPrefix("header.") ? String(field.dropFirst(7)) : field }

    private var wanted: String {
        let shown = values.map { SafeText.escape($0) }.joined(separator: " or ")
        return switch comparison {
        case .equal, .among: shown
        case .unequal: "anything but \(shown)"
        case .less: "less than \(shown)"
        case .atMost: "at most \(shown)"
        case .more: "more than \(shown)"
        case .atLeast: "at least \(shown)"
        case .contains: "something with \(shown)"
        }
    }

    private func told(_ actual: String) -> String { "\(name): expected \(wanted), but it is \(actual)" }

    private func holds(_ number: Double) -> Bool {
        values.contains { Figure.parse($0).map { comparison.holds(number, $0) } ?? false }
    }

    private func holds(_ flag: Bool) -> Bool {
        let wanted = ["yes", "true", "1"].contains(values[0].lowercased())
        return comparison == .unequal ? flag != wanted : flag == wanted
    }

    private func holds(_ words: [String]) -> Bool {
        let found = words.contains { word in
            values.contains { value in
                let (word, value) = (word.lowercased(), value.lowercased())
                return comparison == .contains ? word.contains(value) : word == value
            }
        }
        switch comparison {
        case .equal, .among, .contains: return found
        case .unequal: return !found
        case .less, .atMost, .more, .atLeast:
            guard let left = words.first.flatMap(Figure.parse), let right = values.first.flatMap(Figure.parse) else {
                return false
            }
            return comparison.holds(left, right)
        }
    }
}

// MARK: - Payloads

extension EventPattern.Condition {
    private func difference(_ actual: [UInt8]) -> String? {
        let wanted = values.map(EventPattern.Condition.bytes)
        switch comparison {
        case .equal, .among:
            if wanted.contains(actual) { return nil }
            return EventPattern.Condition.firstDifference(name, wanted[0], actual)
        case .unequal: return wanted.contains(actual) ? told(PayloadWords.short(actual)) : nil
        case .contains:
            let found = wanted.contains { EventPattern.Condition.contains(actual, $0) }
            return found ? nil : told(PayloadWords.short(actual))
        case .less, .atMost, .more, .atLeast:
            let number = Figure.parse(String(decoding: actual, as: UTF8.self))
            return number.map(holds) == true ? nil : told(PayloadWords.short(actual))
        }
    }

    static func bytes(_ value: String) -> [UInt8] {
        if value.hasPrefix("hex:") { return (try? HexBytes.parse(String(value.dropFirst(4)))) ?? [] }
        return Array(value.utf8)
    }

    private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard !part.isEmpty, bytes.count >= part.count else { return part.isEmpty }
        return (0...(bytes.count - part.count)).contains { bytes[$0..<($0 + part.count)].elementsEqual(part) }
    }

    /// The first byte that differs, with what it should have been.
    private static func firstDifference(_ name: String, _ wanted: [UInt8], _ actual: [UInt8]) -> String {
        guard let place = (0..<min(wanted.count, actual.count)).first(where: { wanted[$0] != actual[$0] }) else {
            return "\(name): expected \(wanted.count) bytes, \(PayloadWords.short(wanted)), but it has "
                + "\(actual.count): \(PayloadWords.short(actual))"
        }
        return "\(name): byte \(place) is \(PayloadWords.byte(actual[place])), expected "
            + "\(PayloadWords.byte(wanted[place])) of \(PayloadWords.short(wanted))"
    }
}

/// Bytes in words.
enum PayloadWords {
    static func short(_ bytes: [UInt8]) -> String {
        if bytes.isEmpty { return "empty" }
        let text = String(validating: bytes, as: UTF8.self)
        guard let text, !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            return bytes.prefix(12).map(hex).joined(separator: " ") + (bytes.count > 12 ? " …" : "")
        }
        return "\"" + SafeText.escape(String(text.prefix(40))) + (text.count > 40 ? "…" : "") + "\""
    }

    /// `6c "l"`.
    static func byte(_ byte: UInt8) -> String {
        (0x21...0x7e).contains(byte) ? "\(hex(byte)) \"\(UnicodeScalar(byte))\"" : hex(byte)
    }

    static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

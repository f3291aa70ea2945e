/// What numbers in source code come to: `64 * 1024`, `1 << 20`, `30_000`, `(pongWait * 9) / 10`, `5 * time.Second`.
struct SourceConstants {
    private let texts: [String: String]

    init(_ parts: [SourceProgram.Part]) {
        var texts: [String: String] = [:]
        var ambiguous: Set<String> = []
        for part in parts {
            for match in part["constant"] {
                guard let name = match["NAME"]?.text, let value = match["VALUE"]?.text else { continue }
                if let known = texts[name], known != value { ambiguous.insert(name) }
                texts[name] = value
            }
        }
        self.texts = texts.filter { !ambiguous.contains($0.key) }
    }

    /// - Returns: nil where it depends on what only a run shows.
    func value(of text: some StringProtocol) -> Double? {
        var reader = Reader(text: Array(text.utf8), texts: texts, depth: 0)
        return reader.whole()
    }

    /// A sum, by the rules of precedence that all the languages share for these signs.
    private struct Reader {
        let text: [UInt8]
        let texts: [String: String]
        let depth: Int
        var index = 0

        mutating func whole() -> Double? {
            guard text.count <= 200, depth < 8, let value = shifted() else { return nil }
            skipSpace()
            return index == text.count ? value : nil
        }

        private mutating func shifted() -> Double? {
            guard var value = sum() else { return nil }
            while take("<<") {
                guard let right = sum(), (0..<64).contains(right) else { return nil }
                for _ in 0..<Int(right) { value *= 2 }
            }
            return value
        }

        private mutating func sum() -> Double? {
            guard var value = product() else { return nil }
            while true {
                if take("+") {
                    guard let right = product() else { return nil }
                    value += right
                } else if take("-") {
                    guard let right = product() else { return nil }
                    value -= right
                } else {
                    return value
                }
            }
        }

        private mutating func product() -> Double? {
            guard var value = power() else { return nil }
            while true {
                if take("*") {
                    guard let right = power() else { return nil }
                    value *= right
                } else if take("/") {
                    guard let right = power(), right != 0 else { return nil }
                    value /= right
                } else {
                    return value
                }
            }
        }

        private mutating func power() -> Double? {
            guard let base = atom() else { return nil }
            guard take("**") else { return base }
            guard let right = atom(), (0...64).contains(right) else { return nil }
            return (0..<Int(right)).reduce(1.0) { value, _ in value * base }
        }

        private mutating func atom() -> Double? {
            skipSpace()
            if take("(") {
                let value = shifted()
                return take(")") ? value : nil
            }
            guard index < text.count else { return nil }
            return (0x30...0x39).contains(text[index]) ? number() : name()
        }

        private mutating func number() -> Double? {
            let word = String(decoding: takeWord(), as: UTF8.self).filter { $0 != "_" }.lowercased()
            if word.hasPrefix("0x") { return Int(word.dropFirst(2), radix: 16).map(Double.init) }
            return Double(word.hasSuffix("n") ? String(word.dropLast()) : word)
        }

        private mutating func name() -> Double? {
            let word = String(decoding: takeWord(), as: UTF8.self)
            if let value = Self.known[word] { return value }
            // `time.Duration(30)` is 30, and so is `int64(30)`.
            if ["time.Duration", "int64", "int", "Int", "UInt32", "Double", "TimeInterval"].contains(word), take("(") {
                let value = shifted()
                return take(")") ? value : nil
            }
            let last = word.split(separator: ".").last.map(String.init) ?? word
            guard let text = texts[word] ?? texts[last] else { return nil }
            var reader = Reader(text: Array(text.utf8), texts: texts, depth: depth + 1)
            return reader.whole()
        }

        /// Durations in seconds.
        private static let known: [String: Double] = [
            "time.Hour": 3600, "time.Minute": 60, "time.Second": 1, "time.Millisecond": 1e-3,
            "time.Microsecond": 1e-6, "time.Nanosecond": 1e-9, "Int.max": .infinity, ".max": .infinity,
            "UInt32.max": 4_294_967_295, "Infinity": .infinity, "math.MaxInt64": .infinity, "math.inf": .infinity,
            "Number.MAX_SAFE_INTEGER": .infinity, "Number.POSITIVE_INFINITY": .infinity, "sys.maxsize": .infinity,
            "math.MaxInt32": 2_147_483_647,
        ]

        private mutating func takeWord() -> ArraySlice<UInt8> {
            let start = index
            while index < text.count, Self.isWord(text[index]) { index += 1 }
            return text[start..<index]
        }

        private static func isWord(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                || byte == 0x2e || byte == 0x5f || byte == 0x24
        }

        private mutating func take(_ sign: StaticString) -> Bool {
            skipSpace()
            let sign = sign.withUTF8Buffer { Array($0) }
            guard text[index...].starts(with: sign) else { return false }
            // `*` is not the first half of `**`.
            guard sign != [0x2a] || text[index...].dropFirst().first != 0x2a else { return false }
            index += sign.count
            return true
        }

        private mutating func skipSpace() {
            while index < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[index]) { index += 1 }
        }
    }
}

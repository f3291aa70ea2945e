/// Words that give away what a text holds, and how that is made sure.
struct Pattern: Sendable {
    let word: StaticString
    /// Where in the word its three rarest bytes begin: these are looked for. 0 for a word of one byte.
    let anchor: Int
    /// Capitals and small letters are the same.
    let foldsCase: Bool
    /// Looks at what stands around the word.
    let check: @Sendable (_ text: Span<UInt8>, _ word: Range<Int>) -> PayloadScan.Hit?

    private init(
        _ word: StaticString, _ anchor: Int, foldsCase: Bool = false,
        _ check: @escaping @Sendable (Span<UInt8>, Range<Int>) -> PayloadScan.Hit?
    ) {
        self.word = word
        self.anchor = anchor
        self.foldsCase = foldsCase
        self.check = check
    }

    /// At most 127 different sets of them may share two bytes, see `PatternTable`.
    static let all: [Pattern] = errors + sourceFiles + secrets + personal

    private static let errors: [Pattern] = [
        Pattern("Traceback (most recent call last)", 4) { .init(kind: .stackTrace, bytes: $1) },
        Pattern("Exception", 0, ErrorCheck.exception),
        Pattern("SQLSTATE", 2) { .init(kind: .databaseError, bytes: $1) },
        Pattern("SQL syntax", 1) { .init(kind: .databaseError, bytes: $1) },
        Pattern("syntax error at or near", 0) { .init(kind: .databaseError, bytes: $1) },
        Pattern("SQLITE_", 1) { .init(kind: .databaseError, bytes: $1) },
        Pattern("psycopg2.", 1) { .init(kind: .databaseError, bytes: $1) },
        Pattern("Unclosed quotation mark", 0) { .init(kind: .databaseError, bytes: $1) },
        Pattern("violates unique constraint", 0) { .init(kind: .databaseError, bytes: $1) },
        Pattern("violates foreign key", 0) { .init(kind: .databaseError, bytes: $1) },
        Pattern("no such table: ", 4) { .init(kind: .databaseError, bytes: $1) },
        Pattern("ORA-0", 1, ErrorCheck.oracle),
        Pattern("ER_", 0, ErrorCheck.mysql),
    ]

    /// The endings of names of source files: behind them stands a line's number where an error was written down.
    private static let sourceFiles: [Pattern] = [
        Pattern(".js", 0, ErrorCheck.sourceLine), Pattern(".mjs", 0, ErrorCheck.sourceLine),
        Pattern(".cjs", 0, ErrorCheck.sourceLine), Pattern(".ts", 0, ErrorCheck.sourceLine),
        Pattern(".java", 0, ErrorCheck.sourceLine), Pattern(".py", 0, ErrorCheck.sourceLine),
        Pattern(".go", 0, ErrorCheck.sourceLine), Pattern(".rb", 0, ErrorCheck.sourceLine),
        Pattern(".php", 0, ErrorCheck.sourceLine), Pattern(".cs", 0, ErrorCheck.sourceLine),
        Pattern(".rs", 0, ErrorCheck.sourceLine), Pattern(".swift", 0, ErrorCheck.sourceLine),
    ]

    private static let secrets: [Pattern] = [
        Pattern("eyJ", 0, SecretCheck.webToken),
        Pattern("PRIVATE KEY-----", 3, SecretCheck.privateKey),
        Pattern("AKIA", 1) { SecretCheck.key($0, $1, following: 16...16) },
        Pattern("ASIA", 1) { SecretCheck.key($0, $1, following: 16...16) },
        Pattern("AIza", 0) { SecretCheck.key($0, $1, following: 35...35) },
        Pattern("ghp_", 1) { SecretCheck.key($0, $1, following: 36...36) },
        Pattern("gho_", 1) { SecretCheck.key($0, $1, following: 36...36) },
        Pattern("ghs_", 1) { SecretCheck.key($0, $1, following: 36...36) },
        Pattern("sk_live_", 1) { SecretCheck.key($0, $1, following: 16...255) },
        Pattern("xoxb-", 0) { SecretCheck.key($0, $1, following: 20...255) },
        Pattern("xoxp-", 0) { SecretCheck.key($0, $1, following: 20...255) },
        Pattern("password", 3, foldsCase: true, SecretCheck.named),
        Pattern("passwd", 3, foldsCase: true, SecretCheck.named),
        Pattern("secret", 1, foldsCase: true, SecretCheck.named),
        Pattern("api_key", 2, foldsCase: true, SecretCheck.named),
        Pattern("apiKey", 2, SecretCheck.named),
    ]

    private static let personal: [Pattern] = [
        Pattern("@", 0, PersonalCheck.email),
        Pattern("10.", 0, PersonalCheck.privateAddress),
        Pattern("172.", 1, PersonalCheck.privateAddress),
        Pattern("192.168.", 5, PersonalCheck.privateAddress),
    ]

    func matches(_ text: Span<UInt8>, at start: Int) -> Bool {
        let count = word.utf8CodeUnitCount
        guard start &+ count <= text.count else { return false }
        return word.withUTF8Buffer { word in
            for offset in 0..<count {
                let byte = text[start &+ offset]
                guard byte == word[offset] || (foldsCase && byte.lowercasedLetter == word[offset].lowercasedLetter)
                else { return false }
            }
            return true
        }
    }
}

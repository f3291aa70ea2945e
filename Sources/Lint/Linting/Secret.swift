import Wire

/// What names of secrets look like, and how a secret is shown.
package enum Secret {
    /// The first four characters of a secret, and nothing else of it; of a short one, nothing at all.
    package static func masked(_ secret: some StringProtocol) -> String {
        secret.utf8.count < 12 ? "…" : SafeText.escape(String(secret.prefix(4))) + "…"
    }

    /// Whether a query's key, a field or a JSON key of that name holds a secret that is valid for long.
    package static func isNamed(_ name: some StringProtocol) -> Bool { names.contains(plain(name)) }

    /// Whether a query's key of that name holds a secret that is valid once or for seconds: a ticket.
    package static func isTicketNamed(_ name: some StringProtocol) -> Bool { ticketNames.contains(plain(name)) }

    /// Whether a query's key of that name signs the URL.
    package static func isSignatureNamed(_ name: some StringProtocol) -> Bool { signatureNames.contains(plain(name)) }

    /// Whether a word, a JSON key or a kind of message is about who somebody is.
    package static func isAboutIdentity(_ word: some StringProtocol) -> Bool {
        let word = plain(word)
        return names.contains(word) || ticketNames.contains(word) || identityNames.contains(word)
            || word.hasSuffix("token") || word.hasSuffix("apikey")
    }

    /// In lower case, without "-", "_", "." and spaces: "X-Api-Key" and "xapikey" are the same.
    static func plain(_ name: some StringProtocol) -> String {
        String(decoding: name.utf8.lazy.filter { !separators.contains($0) }.map(\.lowercasedLetter), as: UTF8.self)
    }

    private static let separators = Array("-_. ".utf8)
    private static let names: Set<String> = [
        "accesstoken", "idtoken", "token", "authtoken", "refreshtoken", "usertoken", "sessiontoken", "jwt", "bearer",
        "apikey", "xapikey", "accesskey", "auth", "authorization", "password", "passwd", "pwd", "secret",
        "clientsecret", "session", "sessionid",
    ]
    private static let ticketNames: Set<String> = ["ticket", "otp", "ott", "onetimetoken"]
    private static let signatureNames: Set<String> = ["signature", "sig", "xamzsignature", "hmac"]
    private static let identityNames: Set<String> = [
        "authenticate", "authentication", "login", "logon", "signin", "passcode", "pass", "credentials", "identify",
    ]
}

extension UInt8 {
    /// A letter of ASCII in lower case; everything else as it is.
    package var lowercasedLetter: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }

    /// A letter or digit of ASCII.
    package var isAlphanumeric: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: false
        }
    }

    package var isDigit: Bool { (0x30...0x39).contains(self) }
}

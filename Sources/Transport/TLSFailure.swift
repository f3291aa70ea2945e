import NIOSSL

/// Why TLS failed, in words; BoringSSL's own are for its developers.
struct TLSFailure: Equatable {
    let why: String
    let advice: String

    /// Nil for an error that is not one of TLS.
    init?(_ error: any Error) {
        guard error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError else { return nil }
        let text = "\(error)"
        let known = TLSFailure.known.first { text.contains($0.word) }
        why = known?.why ?? "TLS failed: \(TLSFailure.lastWords(text))"
        advice = known?.advice ?? "check the TLS versions and certificates of both sides"
    }

    private static let known: [(word: String, why: String, advice: String)] = [
        (
            "CERTIFICATE_VERIFY_FAILED", "its certificate is not trusted",
            "trust it with its PEM file (--trust FILE; ws101 ca tells that of a ws101 server), or take any certificate "
                + "for an experiment (--insecure)"
        ),
        (
            "failedToValidateHostname", "its certificate is for another name",
            "use a name that the certificate has, or take any certificate for an experiment (--insecure)"
        ),
        ("WRONG_VERSION_NUMBER", "it does not speak TLS", "try ws:// in place of wss://"),
        ("HTTP_REQUEST", "the peer speaks plain HTTP, not TLS", "the peer should use wss:// or https://"),
        ("ALERT_UNKNOWN_CA", "the peer does not trust the certificate", "trust the certificate at the peer"),
        ("ALERT_CERTIFICATE_UNKNOWN", "the peer does not take the certificate", "trust the certificate at the peer"),
        ("ALERT_BAD_CERTIFICATE", "the peer does not take the certificate", "trust the certificate at the peer"),
        ("EOF during", "the peer closed during the TLS handshake", "check that TLS is spoken there"),
    ]

    /// The last reason on BoringSSL's stack: "NO_SHARED_CIPHER" as "no shared cipher".
    private static func lastWords(_ text: String) -> String {
        let marker = "OPENSSL_internal:"
        guard let start = text.indices.last(where: { text[$0...].hasPrefix(marker) }) else { return text }
        let word = text[text.index(start, offsetBy: marker.count)...]
            .prefix { $0.isUppercase || $0.isNumber || $0 == "_" }
        return word.lowercased().split(separator: "_").joined(separator: " ")
    }
}

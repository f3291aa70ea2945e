package import Connection

/// What a person compares before trusting a certificate.
package struct IssuedCertificate: Hashable, Sendable {
    /// Its subject.
    package let name: String
    /// SHA-256 of the certificate, as browsers and openssl show it.
    package let fingerprint: String
    /// When it is over.
    package let end: Timestamp
}

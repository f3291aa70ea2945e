import Connection
import Crypto
import Foundation
import SwiftASN1
import X509

/// A certificate, RFC 5280, and the private key that belongs to it.
struct CertifiedKey {
    let certificate: Certificate
    private let privateKey: P256.Signing.PrivateKey

    private enum Mismatch: Error, CustomStringConvertible {
        case key
        var description: String { "the certificate and the key do not belong together" }
    }

    /// Reads both from PEM.
    init(certificate: String, key: String) throws {
        self.certificate = try Certificate(pemEncoded: certificate)
        privateKey = try P256.Signing.PrivateKey(pemRepresentation: key)
        guard self.certificate.publicKey == Certificate.PublicKey(privateKey.publicKey) else { throw Mismatch.key }
    }

    private init(_ certificate: Certificate, _ privateKey: P256.Signing.PrivateKey) {
        self.certificate = certificate
        self.privateKey = privateKey
    }

    func pem() throws -> String { try certificate.serializeAsPEM().pemString + "\n" }
    func key() throws -> String { privateKey.pemRepresentation + "\n" }

    /// Whether it is valid from now on until then, and signed by that authority.
    func isGood(until end: Timestamp, from authority: CertifiedKey) -> Bool {
        certificate.notValidAfter >= end.date
            && authority.certificate.publicKey.isValidSignature(certificate.signature, for: certificate)
    }

    func description() throws -> IssuedCertificate {
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        let digits = SHA256.hash(data: serializer.serializedBytes).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return IssuedCertificate(
            name: "\(certificate.subject)", fingerprint: digits.joined(separator: ":"),
            end: Timestamp(certificate.notValidAfter))
    }
}

// MARK: - Issuing

extension CertifiedKey {
    /// A new authority, for five years.
    static func authority(now: Timestamp) throws -> CertifiedKey {
        let key = P256.Signing.PrivateKey()
        let issuer = Certificate.PrivateKey(key)
        let name = try DistinguishedName {
            OrganizationName("ws101")
            CommonName("ws101 local CA \(ProcessInfo.processInfo.hostName.prefix(32))")
        }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: issuer.publicKey,
            notValidBefore: now.adding(days: -1).date, notValidAfter: now.adding(days: 5 * 365).date,
            issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                // Names only: below an authority with a constraint on addresses BoringSSL, and so ws101 itself, takes no
                // certificate with an address.
                Critical(NameConstraints(permittedDNSDomains: ["localhost"]))
                SubjectKeyIdentifier(hash: issuer.publicKey)
            }, issuerPrivateKey: issuer)
        return CertifiedKey(certificate, key)
    }

    /// A server's certificate for this machine, for 90 days.
    static func server(_ kind: ServerCertificateKind, from authority: CertifiedKey, now: Timestamp) throws
        -> CertifiedKey
    {
        let key = P256.Signing.PrivateKey()
        let own = Certificate.PrivateKey(key)
        let name = kind == .wrongName ? "elsewhere.localhost" : "localhost"
        let subject = try DistinguishedName { CommonName(name) }
        let isSelfSigned = kind == .selfSigned
        let end = kind == .expired ? -1 : 90
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: own.publicKey,
            notValidBefore: now.adding(days: kind == .expired ? -10 : -1).date,
            notValidAfter: now.adding(days: end).date,
            issuer: isSelfSigned ? subject : authority.certificate.subject, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(kind == .wrongName ? [.dnsName(name)] : names)
                SubjectKeyIdentifier(hash: own.publicKey)
                AuthorityKeyIdentifier(
                    keyIdentifier: SubjectKeyIdentifier(
                        hash: isSelfSigned ? own.publicKey : authority.certificate.publicKey
                    ).keyIdentifier)
            }, issuerPrivateKey: isSelfSigned ? own : Certificate.PrivateKey(authority.privateKey))
        return CertifiedKey(certificate, key)
    }

    private static let names: [GeneralName] = [
        .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
        .ipAddress(ASN1OctetString(contentBytes: ArraySlice([UInt8](repeating: 0, count: 15) + [1]))),
    ]
}

extension Timestamp {
    var date: Date { Date(timeIntervalSince1970: Double(nanoseconds / 1_000_000_000)) }

    init(_ date: Date) { self.init(nanoseconds: UInt64(max(date.timeIntervalSince1970, 0)) * 1_000_000_000) }
}

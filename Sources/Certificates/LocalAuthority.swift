package import Connection
import Glibc
package import Transport

/// A certificate authority of this machine's own, for wss on loopback: a key that only its owner can read, and certificates
/// for `localhost`, 127.0.0.1 and ::1. The authority's own certificate says that it is for no other name (RFC 5280
/// §4.2.1.10): whoever trusts it, trusts it for nobody's domain, even if the key gets lost.
package struct LocalAuthority: Sendable {
    /// Where its files are.
    package let folder: String

    package init(at folder: String) { self.folder = folder }

    /// `ws101/ca` in `XDG_DATA_HOME`, by itself `~/.local/share`.
    package static func usualPlace(_ environment: [String: String]) -> String {
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        // "All paths set in these environment variables must be absolute", else they are ignored.
        let base = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/.local/share"
        return "\(base)/ws101/ca"
    }

    /// What a client has to trust.
    package var certificateFile: String { "\(folder)/ca.pem" }
    /// Only its owner can read it.
    package var keyFile: String { "\(folder)/ca.key" }

    /// The authority's certificate, made where there is none or it is over.
    package func prepare(now: Timestamp = Clock.now()) throws(TransportError) -> (
        certificate: IssuedCertificate, isNew: Bool
    ) {
        try locked { () throws(TransportError) in
            let (pair, isNew) = try authority(now)
            return (try described { try pair.description() }, isNew)
        }
    }

    /// A server's certificate and key, renewed where they end within a week.
    /// - Parameter faults: Those of certificates make one that clients must refuse.
    package func serverCertificate(
        faults: Set<Fault> = [], now: Timestamp = Clock.now()
    ) throws(TransportError) -> ServerTLS {
        try locked { () throws(TransportError) in
            let (authority, _) = try authority(now)
            let kind = ServerCertificateKind(faults)
            let name = kind == .good ? "server" : "server-\(kind.rawValue)"
            let files = ServerTLS(certificateFile: "\(folder)/\(name).pem", keyFile: "\(folder)/\(name).key")
            if kind == .good, let pair = stored(files), pair.isGood(until: now.adding(days: 7), from: authority) {
                return files
            }
            let pair = try described { try CertifiedKey.server(kind, from: authority, now: now) }
            try store(pair, files.certificateFile, files.keyFile)
            return files
        }
    }

    private func authority(_ now: Timestamp) throws(TransportError) -> (CertifiedKey, isNew: Bool) {
        if access(certificateFile, F_OK) == 0 || access(keyFile, F_OK) == 0 {
            try SecretFile.checkPrivate(keyFile)
            let pair = try described {
                try CertifiedKey(certificate: try SecretFile.read(certificateFile), key: try SecretFile.read(keyFile))
            }
            if pair.isGood(until: now.adding(days: 30), from: pair) { return (pair, false) }
        }
        let pair = try described { try CertifiedKey.authority(now: now) }
        try store(pair, certificateFile, keyFile)
        return (pair, true)
    }

    private func stored(_ files: ServerTLS) -> CertifiedKey? {
        guard let certificate = try? SecretFile.read(files.certificateFile),
            let key = try? SecretFile.read(files.keyFile)
        else { return nil }
        return try? CertifiedKey(certificate: certificate, key: key)
    }

    private func store(_ pair: CertifiedKey, _ certificate: String, _ key: String) throws(TransportError) {
        try described {
            try SecretFile.write(try pair.key(), to: key, mode: 0o600)
            try SecretFile.write(try pair.pem(), to: certificate, mode: 0o644)
        }
    }

    /// One process at a time: two that make an authority would overwrite each other's.
    private func locked<Result>(_ body: () throws(TransportError) -> Result) throws(TransportError) -> Result {
        let lock = try described { try SecretFile.lock(folder) }
        defer { close(lock) }
        return try body()
    }

    private func described<Result>(_ body: () throws -> Result) throws(TransportError) -> Result {
        do {
            return try body()
        } catch let error as TransportError {
            throw error
        } catch {
            throw TransportError(
                what: "the local CA in \(folder) cannot be used", why: "\(error)",
                advice: "move that folder away, and ws101 ca makes a new one; clients have to trust it anew")
        }
    }
}

extension Timestamp {
    func adding(days: Int) -> Timestamp { adding(nanoseconds: Int64(days) * 86_400 * 1_000_000_000) }
}

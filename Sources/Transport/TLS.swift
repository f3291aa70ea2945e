internal import NIOSSL

/// A server's certificate and key, as PEM files.
public struct ServerTLS: Hashable, Sendable {
    /// The chain, the server's own certificate first.
    public let certificateFile: String
    /// The private key, not encrypted.
    public let keyFile: String

    /// Paths of PEM files, read when the server starts.
    public init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }

    func context() throws(TransportError) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificateFile).map(NIOSSLCertificateSource.certificate)
            guard !chain.isEmpty else { throw TLSFileError.noCertificate }
            let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
            // HTTP/1.1 only: a WebSocket upgrade of RFC 6455 has no place in HTTP/2.
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(key))
            configuration.applicationProtocols = ["http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw TransportError(
                what: "cannot use the certificate \(certificateFile) with the key \(keyFile)", why: "\(error)",
                advice: "both must be readable PEM files that belong together")
        }
    }
}

private enum TLSFileError: Error, CustomStringConvertible {
    case noCertificate
    var description: String { "the file holds no certificate" }
}

/// How a client trusts a server.
public struct ClientTLS: Hashable, Sendable {
    /// Takes any certificate and any name. For experiments only.
    public let isInsecure: Bool
    /// A PEM file of certificates to trust instead of the system's.
    public let trustFile: String?

    /// Verifies certificates against the system's unless told otherwise.
    public init(isInsecure: Bool = false, trustFile: String? = nil) {
        self.isInsecure = isInsecure
        self.trustFile = trustFile
    }

    func context() throws(TransportError) -> NIOSSLContext {
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.applicationProtocols = ["http/1.1"]
            if isInsecure { configuration.certificateVerification = .none }
            if let trustFile { configuration.trustRoots = .file(trustFile) }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw TransportError(
                what: "cannot set up TLS", why: "\(error)",
                advice: trustFile.map { "\($0) must be a readable PEM file" } ?? "check the system's certificates")
        }
    }

    /// The handler for one connection to `host`.
    func handler(_ context: NIOSSLContext, host: String) throws -> NIOSSLClientHandler {
        // Server Name Indication is for names: BoringSSL refuses an IP address there.
        let isAddress = host.contains(":") || host.split(separator: ".").allSatisfy { UInt8($0) != nil }
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }
}

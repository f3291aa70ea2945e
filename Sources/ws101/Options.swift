public import ArgumentParser
import Capture
import Certificates
import Connection
public import Transport
public import Wire

extension HostPort: ExpressibleByArgument {
    /// `HOST:PORT`, or `PORT` on loopback.
    public init?(argument: String) { self.init(argument) }
}

extension WebSocketURL {
    /// A URL of the command line, or what is wrong with it as wrong use.
    static func asked(_ text: String) throws -> WebSocketURL {
        do {
            return try WebSocketURL(parsing: text)
        } catch {
            throw Failure("\(error.what): \(error.why)", next: error.advice, status: Failure.wrongUse)
        }
    }
}

/// `--tls`, or `--cert` and `--key`.
struct ServerTLSOptions: ParsableArguments {
    @Flag(name: .customLong("tls"), help: "Serve wss with a certificate of the local CA, see ws101 ca.")
    var isOwn = false

    @Option(name: .customLong("cert"), help: "Serve wss with this certificate chain, a PEM file.")
    var certificate: String?

    @Option(name: .customLong("key"), help: "The certificate's private key, a PEM file.")
    var key: String?

    /// - Parameter faults: Of the local CA's certificates.
    func files(faults: Set<Fault> = []) throws -> ServerTLS? {
        if isOwn { return try LocalAuthority.usual.serverCertificate(faults: faults) }
        guard let certificate, let key else { return nil }
        return ServerTLS(certificateFile: certificate, keyFile: key)
    }

    func validate() throws {
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--cert and --key belong together; give both.")
        }
        guard !isOwn || certificate == nil else {
            throw ValidationError("--tls brings a certificate of its own; leave out --cert and --key.")
        }
    }
}

/// How a server's certificate is verified.
struct TrustOptions: ParsableArguments {
    @Flag(help: "Take any certificate of the server. For experiments only.")
    var insecure = false

    @Option(name: .customLong("trust"), help: "Trust the certificates of this PEM file instead of the system's.")
    var trustFile: String?

    var tls: ClientTLS { ClientTLS(isInsecure: insecure, trustFile: trustFile) }
}

/// `--record`.
struct RecordingOptions: ParsableArguments {
    @Option(help: "Record every byte to this pcapng file; one that exists is appended to.")
    var record: String?

    /// The recorder, where there is a file to record to.
    func recorder() throws -> Recorder<NoSink>? {
        guard let record else { return nil }
        return try Recorder(to: .file(record), sink: NoSink()) { error in
            Output.diagnostic("ws101: \(error)")
        }
    }
}

/// Takes segments and needs none: who only records looks at them later.
struct NoSink: SegmentSink {
    mutating func receive(_ segment: Segment, _ bytes: Span<UInt8>) {}
}

extension Side: ExpressibleByArgument {
    /// `client` or `server`.
    public init?(argument: String) {
        guard let side = Side.allCases.first(where: { $0.description == argument }) else { return nil }
        self = side
    }
}

import Transport

/// Whether a server's certificate is good, or in which way it is not.
enum ServerCertificateKind: String {
    case good, expired, wrongName = "wrong-name", selfSigned = "self-signed"

    init(_ faults: Set<Fault>) {
        self =
            faults.contains(.certificateExpired)
            ? .expired
            : faults.contains(.certificateWrongName)
                ? .wrongName : faults.contains(.certificateSelfSigned) ? .selfSigned : .good
    }
}

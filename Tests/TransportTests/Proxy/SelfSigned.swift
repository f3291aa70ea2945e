import Foundation

import Transport

/// A certificate for localhost and 127.0.0.1 that signs itself, made once by the openssl command.
struct SelfSigned: Sendable {
    let certificateFile: String
    let keyFile: String

    /// Nil where there is no openssl command.
    static let shared = SelfSigned()

    private init?() {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("ws101-tests-\(getpid())")
        try? FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        certificateFile = directory.appendingPathComponent("certificate.pem").path
        keyFile = directory.appendingPathComponent("key.pem").path
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        openssl.arguments = [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", keyFile, "-out", certificateFile,
        ]
        openssl.standardError = FileHandle.nullDevice
        guard (try? openssl.run()) != nil else { return nil }
        openssl.waitUntilExit()
        guard openssl.terminationStatus == 0 else { return nil }
    }

    var server: ServerTLS { ServerTLS(certificateFile: certificateFile, keyFile: keyFile) }
    var client: ClientTLS { ClientTLS(trustFile: certificateFile) }
}

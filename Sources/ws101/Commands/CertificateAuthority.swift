import ArgumentParser
import Certificates
import Connection
import Foundation
import Transport

struct CertificateAuthority: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ca",
        abstract: "The local certificate authority for wss on this machine, and how to trust it.",
        discussion: """
            Makes it where there is none, in $XDG_DATA_HOME/ws101/ca. Its key never leaves this machine, and its \
            certificate is good for localhost, 127.0.0.1 and ::1 only. ws101 serve --tls uses it.
            """)

    func run() async throws {
        let authority = LocalAuthority.usual
        let (certificate, isNew) = try authority.prepare()
        Output.diagnostic(isNew ? "made a new CA in \(authority.folder)" : "the CA in \(authority.folder)")
        Output.answer(CertificateAuthority.advice(authority, certificate))
    }

    static func advice(_ authority: LocalAuthority, _ certificate: IssuedCertificate) -> String {
        let file = authority.certificateFile
        let end = CivilTime(seconds: certificate.end.nanoseconds / 1_000_000_000)
        return """
            certificate   \(file)
            SHA-256       \(wrapped(certificate.fingerprint))
            good until    \(end.year)-\(twoDigits(end.month))-\(twoDigits(end.day)), for localhost, 127.0.0.1 and ::1

            Serve with it:
              ws101 serve --tls --listen 127.0.0.1:9443

            Trust it:
              ws101     ws101 connect --trust \(file) wss://localhost:9443/echo
              curl      curl --cacert \(file) https://localhost:9443/
              Node      NODE_EXTRA_CA_CERTS=\(file) node client.js
              Python    SSL_CERT_FILE=\(file) python3 client.py
              Chromium  certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n ws101 -i \(file)
                        (certutil is in the package libnss3-tools)
              Firefox   Settings, Certificates, Authorities, Import
              system    sudo cp \(file) /usr/local/share/ca-certificates/ws101.crt
                        sudo update-ca-certificates

            Trust it no more: take it out of the same place. A new one: move \(authority.folder) away.
            """
    }

    /// 32 bytes in two lines, so that they fit beside the word.
    private static func wrapped(_ fingerprint: String) -> String {
        let bytes = fingerprint.split(separator: ":")
        let lines = [bytes.prefix(16), bytes.dropFirst(16)].map { $0.joined(separator: ":") }
        return lines.joined(separator: ":\n              ")
    }

    private static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}

extension LocalAuthority {
    /// Where this person has it.
    static var usual: LocalAuthority { LocalAuthority(at: usualPlace(ProcessInfo.processInfo.environment)) }
}

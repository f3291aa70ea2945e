import Certificates
import Connection
import Foundation
import Testing
import Transport

/// The local CA: what it makes, whom its certificates convince, and who can read its key.
struct LocalAuthorityTests {
    private let authority: LocalAuthority

    init() {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ws101-ca-\(UUID().uuidString)")
        authority = LocalAuthority(at: folder.appendingPathComponent("deep/ca").path)
    }

    @Test func makesOneAndKeepsIt() throws {
        let (first, isNew) = try authority.prepare()
        let (second, isNewAgain) = try authority.prepare()
        #expect(isNew && !isNewAgain && first == second)
        #expect(first.fingerprint.split(separator: ":").count == 32)
    }

    @Test func makesANewOneBeforeItIsOver() throws {
        let (first, _) = try authority.prepare()
        let fourYears = Clock.now().adding(nanoseconds: 4 * 365 * 86_400 * 1_000_000_000)
        #expect(try authority.prepare(now: fourYears).certificate == first)
        let (second, isNew) = try authority.prepare(now: first.end)
        #expect(isNew && second.fingerprint != first.fingerprint)
    }

    @Test func keepsItsKeysToItsOwner() throws {
        let files = try authority.serverCertificate()
        for file in [authority.keyFile, files.keyFile] {
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
        let folder = try FileManager.default.attributesOfItem(atPath: authority.folder)[.posixPermissions] as? Int
        #expect(folder == 0o700)
    }

    @Test func refusesAKeyThatOthersCanRead() throws {
        _ = try authority.prepare()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: authority.keyFile)
        let error = #expect(throws: TransportError.self) { try authority.prepare() }
        #expect(error?.advice.contains("chmod 600") == true)
    }

    @Test func renewsAServersCertificateInTime() throws {
        let first = try certificate(authority.serverCertificate())
        #expect(try certificate(authority.serverCertificate()) == first)
        let later = Clock.now().adding(nanoseconds: 85 * 86_400 * 1_000_000_000)
        #expect(try certificate(authority.serverCertificate(now: later)) != first)
    }

    @Test func makesAServersCertificateAnewForANewAuthority() throws {
        let first = try certificate(authority.serverCertificate())
        try FileManager.default.removeItem(atPath: authority.keyFile)
        try FileManager.default.removeItem(atPath: authority.certificateFile)
        #expect(try certificate(authority.serverCertificate()) != first)
    }

    @Test func saysWhatIsWrongWithItsFiles() throws {
        _ = try authority.prepare()
        try Data("nonsense".utf8).write(to: URL(fileURLWithPath: authority.certificateFile))
        let error = #expect(throws: TransportError.self) { try authority.prepare() }
        #expect(error?.what.contains(authority.folder) == true)
    }

    /// A client that trusts the authority talks to a good server; none talks to one whose certificate is not.
    @Test(
        arguments: [nil, Fault.certificateExpired, .certificateWrongName, .certificateSelfSigned],
        ["localhost", "127.0.0.1"])
    func convincesClients(fault: Fault?, host: String) async throws {
        var options = WebSocketServer.Options(port: 0)
        options.tls = try authority.serverCertificate(faults: Set([fault].compactMap { $0 }))
        let server = WebSocketServer(options)
        let port = try await server.start().port
        var request = ClientRequest(WebSocketURL(isTLS: true, address: HostPort(host: host, port: port)))
        let trusting = ClientTLS(trustFile: authority.certificateFile)
        for (tls, isGood) in [(ClientTLS(), false), (trusting, fault == nil), (ClientTLS(isInsecure: true), true)] {
            request.tls = tls
            let client = try? await WebSocketClient.connect(request) { _, _ in }
            #expect((client != nil) == isGood, "\(tls)")
            client?.close()
        }
        await server.stop()
    }

    @Test func isWhereTheStandardHasData() {
        #expect(LocalAuthority.usualPlace(["HOME": "/home/ada"]) == "/home/ada/.local/share/ws101/ca")
        #expect(LocalAuthority.usualPlace(["HOME": "/home/ada", "XDG_DATA_HOME": "/data"]) == "/data/ws101/ca")
        #expect(
            LocalAuthority.usualPlace(["HOME": "/home/ada", "XDG_DATA_HOME": "x"]) == "/home/ada/.local/share/ws101/ca")
    }

    private func certificate(_ files: ServerTLS) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: files.certificateFile))
    }
}

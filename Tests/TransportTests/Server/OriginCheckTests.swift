import Testing
import Transport
import Wire

/// Which requests a server on loopback takes: programs, and pages of this machine.
struct OriginCheckTests {
    private static func refusal(_ check: OriginCheck, host: String, origin: String?) -> String? {
        let origin = origin.map { "Origin: \($0)\r\n" } ?? ""
        let head = HTTPHead(Array("GET / HTTP/1.1\r\nHost: \(host)\r\n\(origin)\r\n".utf8))
        return check.refusal(of: head, localIP: "192.0.2.7")
    }

    @Test(arguments: [nil, "http://localhost:3000", "https://127.0.0.1", "http://[::1]:8080", "http://app.localhost"])
    func takesPagesOfThisMachine(origin: String?) {
        #expect(Self.refusal(OriginCheck(), host: "127.0.0.1:9001", origin: origin) == nil)
    }

    @Test(arguments: [
        "https://evil.example", "null", "http://localhost.evil.example", "http://127.0.0.1.evil.example", "file://", "",
        "https://evil.example/localhost", "chrome-extension://abc", "http://localhost@evil.example",
    ])
    func refusesForeignPages(origin: String) {
        #expect(Self.refusal(OriginCheck(), host: "127.0.0.1:9001", origin: origin)?.contains("web page") == true)
    }

    @Test(arguments: [
        "evil.example", "evil.example:9001", "", "localhost.evil.example", "192.0.2.8", "[2001:db8::1]:9001",
    ])
    func refusesHostsThatAreNotItsOwn(host: String) {
        #expect(Self.refusal(OriginCheck(), host: host, origin: nil)?.contains("DNS rebinding") == true)
    }

    @Test(arguments: ["localhost", "127.0.0.1:9001", "[::1]:9001", "192.0.2.7:80"])
    func takesItsOwnNamesAndAddress(host: String) {
        #expect(Self.refusal(OriginCheck(), host: host, origin: nil) == nil)
    }

    @Test func takesWhatIsAllowed() {
        let check = OriginCheck(allowedOrigins: ["https://app.example"], allowedHosts: ["app.example"])
        #expect(Self.refusal(check, host: "App.Example:443", origin: "https://app.example") == nil)
        #expect(Self.refusal(check, host: "app.example", origin: "http://app.example") != nil)
        #expect(Self.refusal(check, host: "app.example", origin: "https://app.example.evil.example") != nil)
        #expect(Self.refusal(OriginCheck(allowedOrigins: ["*"]), host: "localhost", origin: "null") == nil)
    }

    @Test func printsNoTerminalSequences() {
        let text = Self.refusal(OriginCheck(), host: "localhost", origin: "https://a\u{1b}[31m") ?? ""
        #expect(!text.isEmpty && !text.utf8.contains(0x1b))
    }
}

import Testing
import Transport

struct HostPortTests {
    @Test(arguments: [
        ("127.0.0.1:9001", "127.0.0.1", 9001), ("localhost:0", "localhost", 0), ("[::1]:80", "::1", 80),
        ("9001", "127.0.0.1", 9001), (":9001", "127.0.0.1", 9001), ("example.com:65535", "example.com", 65535),
    ])
    func readsWhatAPersonWrites(text: String, host: String, port: Int) {
        #expect(HostPort(text) == HostPort(host: host, port: port))
    }

    @Test(arguments: [
        "", "localhost", "localhost:", "localhost:65536", "localhost:-1", "localhost:+1", "localhost: 1", "a:b:1",
        "[::1]", "[localhost]:1", "a/b:1", "a@b:1", "::1:80", "host\u{1b}:1",
    ])
    func readsNothingElse(text: String) {
        #expect(HostPort(text) == nil)
    }

    @Test(arguments: ["127.0.0.1:9001", "[::1]:80", "example.com:1"])
    func writesWhatItReads(text: String) {
        #expect(HostPort(text)?.description == text)
    }

    @Test(arguments: [
        ("localhost", true), ("app.localhost", true), ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true),
        ("LOCALHOST", true), ("localhost.evil.example", false), ("127.0.0.1.evil.example", false), ("10.0.0.1", false),
        ("0.0.0.0", false), ("127.evil.0.1", false), ("", false),
    ])
    func knowsLoopback(host: String, isLoopback: Bool) {
        #expect(HostPort.isLoopback(host) == isLoopback)
    }
}

struct WebSocketURLTests {
    @Test(arguments: [
        ("ws://127.0.0.1:9001/echo", false, "127.0.0.1:9001", "/echo"),
        ("wss://example.com", true, "example.com:443", "/"), ("ws://example.com?a=b", false, "example.com:80", "/?a=b"),
        ("WS://[::1]/x", false, "[::1]:80", "/x"), ("ws://a/ü?q=€", false, "a:80", "/%C3%BC?q=%E2%82%AC"),
    ])
    func readsURLs(text: String, isTLS: Bool, address: String, target: String) throws {
        let url = try WebSocketURL(parsing: text)
        #expect(url.isTLS == isTLS && url.address.description == address && url.target == target)
    }

    @Test(arguments: [
        "", "example.com", "ftp://a/", "ws://", "ws://:80/", "ws://a:0/", "ws://a/#part", "ws://me:pass@a/",
        "ws://a b/",
        "ws://a/\u{1b}[31m", "ws://a:99999/",
    ])
    func saysWhatIsWrong(text: String) {
        #expect(throws: TransportError.self) { try WebSocketURL(parsing: text) }
    }

    @Test(arguments: ["ws://a/", "wss://a:8443/x?y", "ws://[::1]:9001/"])
    func writesWhatItReads(text: String) throws {
        #expect(try WebSocketURL(parsing: text).description == text)
    }
}

import Connection
import Lint
import Testing
import Wire

/// What in a request tells who somebody is, and that no secret gets into a report.
struct CredentialTests {
    private static func carriers(_ target: String, _ fields: String) -> [Credential.Carrier] {
        Credential.all(in: HTTPHead(Array("GET \(target) HTTP/1.1\r\nHost: a.example\r\n\(fields)\r\n".utf8))).map(
            \.carrier)
    }

    @Test(
        arguments: [
            ("/", "", []), ("/?room=7&v=2", "", []), ("/?token=", "", []),
            ("/", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nUser-Agent: curl\r\n", []),
            ("/", "Sec-WebSocket-Protocol: graphql-transport-ws, v12.stomp\r\n", []),
            ("/", "X-Author: alice\r\n", []),
            ("/", "Cookie: a=b\r\n", [.cookie]), ("/", "Authorization: Basic eDp5\r\n", [.authorization]),
            ("/", "X-Api-Key: k\r\n", [.field]), ("/", "X-Auth-Token: t\r\n", [.field]),
            ("/", "Sec-WebSocket-Protocol: access_token, 4f9a0c2277e14b\r\n", [.subprotocol]),
            ("/", "Sec-WebSocket-Protocol: base64url.bearer.authorization.k8s.io.dG9rZW4\r\n", [.subprotocol]),
            ("/?api-key=k3X9", "", [.query]), ("/?ticket=9f86", "", [.query]), ("/?X-Amz-Signature=ab", "", [.query]),
            ("/?q=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2ln", "", [.query]),
            ("https://a:b@a.example/chat", "", [.userinfo]),
        ] as [(String, String, [Credential.Carrier])])
    func areFoundWhereTheyMayBe(_ target: String, _ fields: String, _ expected: [Credential.Carrier]) {
        #expect(Self.carriers(target, fields) == expected)
    }

    @Test(arguments: [
        (#"{"type":"auth","token":"x"}"#, true), (#"{"op":2,"d":{"accessToken":"x"}}"#, true),
        (#"["login","alice"]"#, true), ("AUTH k3X9", true),
        (#"{"type":"connection_init","payload":{"api-key":"x"}}"#, true),
        (#"{"type":"say","text":"what is a token?"}"#, false), (#"{"author":"alice"}"#, false), ("hello", false),
        ("", false), (#"{"v":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2ln"}"#, true),
    ])
    func areHeardInMessages(_ text: String, _ expected: Bool) {
        let isIn = SpokenCredential.isIn(Array(text.utf8).span)
        #expect(isIn == expected)
    }

    @Test(arguments: [
        ("/chat?token=x#y", "/chat"), ("https://a:b@a.example/chat?x", "/chat"), ("https://a.example", "/"), ("*", "*"),
    ])
    func pathHasNoSecrets(_ target: String, _ path: String) {
        #expect(Credential.path(of: target) == path)
    }

    @Test func secretsAreShownByTheirBeginning() {
        #expect(Secret.masked("hunter2") == "…")
        #expect(Secret.masked("Zm9vYmFyYmF6cXV4") == "Zm9v…")
        #expect(Secret.masked("\u{1b}[31mYmFyYmF6") == "\\x1b[31…")
    }

    @Test func tokenTellsItsExpiryAndSubject() throws {
        // {"sub":"alice","exp":1767614700}
        let text = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6MTc2NzYxNDcwMH0.c2ln"
        let token = try #require(WebToken(text))
        #expect(token.subject == "alice")
        #expect(token.expiry?.nanoseconds == 1_767_614_700_000_000_000)
        #expect(WebToken.first(in: "Bearer \(text)") == text)
        #expect(WebToken("eyJhbGciOiJIUzI1NiJ9") == nil)
        #expect(WebToken("\(text)!") == nil)
        // {"exp":1e300}
        #expect(WebToken("eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjFlMzAwfQ.c2ln")?.expiry == nil)
    }

    @Test(arguments: [
        ("https://www.example.co.uk", "example.co.uk"), ("https://a.b.example.com:8443", "example.com"),
        ("https://one.github.io", "one.github.io"), ("http://192.0.2.7:80", "192.0.2.7"),
        ("http://[2001:db8::1]:80", "2001:db8::1"), ("http://localhost:3000", "localhost"),
        ("HTTPS://Chat.Example", "chat.example"),
    ])
    func originHasADomain(_ origin: String, _ domain: String) {
        #expect(Origin(origin)?.domain == domain)
    }

    @Test func nullIsNoOrigin() {
        #expect(Origin("null") == nil && Origin("") == nil && Origin("https://") == nil)
    }
}

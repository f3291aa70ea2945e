import Lint
import Testing

/// What texts give away is found wherever it stands, and what only looks alike is not.
struct PayloadScanTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let kind: PayloadScan.Kind
        /// Where it differs from the text.
        let hit: String?

        init(_ kind: PayloadScan.Kind, _ text: String, _ hit: String? = nil) {
            self.text = text
            self.kind = kind
            self.hit = hit
        }

        var testDescription: String { "\(kind): \(text)" }
    }

    static let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2lnbmF0dXJlLW9mLWl0"

    static let found: [Case] = [
        Case(.stackTrace, "Traceback (most recent call last)"),
        Case(.stackTrace, "java.lang.NullPointerException"),
        Case(.stackTrace, #"Exception in thread "main""#, "Exception"),
        Case(.databaseError, "System.Data.SqlClient.SqlException"),
        Case(.databaseError, "SQLSTATE"), Case(.databaseError, "SQL syntax"), Case(.databaseError, "ORA-00933"),
        Case(.databaseError, "ER_PARSE_ERROR"), Case(.databaseError, "violates unique constraint"),
        Case(.databaseError, "no such table: "), Case(.databaseError, "syntax error at or near"),
        Case(.sourceLine, "/srv/chat/server.js:42:13", "/srv/chat/server.js:42"),
        Case(.sourceLine, #"File \"/srv/chat/app.py\", line 12, in main"#, #"/srv/chat/app.py\", line 12"#),
        Case(.sourceLine, #"at chat.Handler.handle(Handler.java:42)"#, "Handler.java:42"),
        Case(.sourceLine, "/app/main.go:17", nil), Case(.sourceLine, "/var/www/chat.php on line 9", nil),
        Case(.sourceLine, #"C:\chat\Chat.cs:line 3"#, nil),
        Case(.privateKey, "-----BEGIN PRIVATE KEY-----"), Case(.privateKey, "-----BEGIN RSA PRIVATE KEY-----"),
        Case(.cloudKey, "AKIAIOSFODNN7EXAMPLE"), Case(.cloudKey, "ghp_" + String(repeating: "a1", count: 18)),
        Case(.cloudKey, "sk_live_4eC39HqLyjWDarjtT1zdp7dc"),
        Case(.webToken, token),
        Case(.namedSecret, #"{"password":"hunter2"}"#, #"password":"hunter2"#),
        Case(.namedSecret, #"{"userPassword" : "hunter2"}"#, #"userPassword" : "hunter2"#),
        Case(.namedSecret, #"{\"client_secret\":\"q9Xw2c7e\"}"#, #"client_secret\":\"q9Xw2c7e"#),
        Case(.namedSecret, #"{"API_KEY":"q9Xw2c7e"}"#, #"API_KEY":"q9Xw2c7e"#),
        Case(.email, "alice.b@mail.example.com"), Case(.email, "write to bob@example.org.", "bob@example.org"),
        Case(.email, #"{"to":"mailto:bob@example.org"}"#, "bob@example.org"),
        Case(.card, "4111111111111111"), Case(.card, "4111 1111 1111 1111"), Case(.card, "5500-0000-0000-0004"),
        Case(.card, "378282246310005"), Case(.card, "3782 822463 10005"), Case(.card, "6011000990139424"),
        Case(.card, "30569309025904"), Case(.card, "12 4111 1111 1111 1111", "4111 1111 1111 1111"),
        Case(.privateAddress, "10.0.0.1"), Case(.privateAddress, "192.168.100.200"),
        Case(.privateAddress, "172.31.0.7"), Case(.privateAddress, "http://10.20.30.40:8080/", "10.20.30.40"),
        Case(.privateAddress, "on 10.1.2.3.", "10.1.2.3"),
    ]

    /// Each at sixteen places, for the scan reads by twos and eights.
    @Test(arguments: found)
    func isFoundWhereverItStands(_ item: Case) {
        for shift in 0..<16 {
            let front = Array((String(repeating: "x", count: shift) + "\"").utf8)
            let bytes = front + Array(item.text.utf8) + Array("\"".utf8)
            let hit = PayloadScan(bytes.span).first(item.kind).map { String(decoding: bytes[$0.bytes], as: UTF8.self) }
            #expect(hit == item.hit ?? strip(item), "at \(shift)")
        }
    }

    /// The cases without a hit of their own that are longer than what is found.
    private func strip(_ item: Case) -> String { item.text }

    static let innocent: [String] = [
        "", "7", "e", "@", #"{"type":"tick","price":103.25,"ts":1767614400000,"seq":10}"#,
        "the exception proves the rule", "Exception", "an Exception.", "see https://cdn.example/app.js:443/x",
        "main.js", "package.json:12", "app.js:12", "https://cdn.example/static/app.js:12:3",
        "user: ORDER_FILLED", "ORA-12", "eyJhbGciOiJIUzI1NiJ9", "xeyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2ln",
        "AKIAIOSFODNN7EXAMPLEX", "PRIVATE KEY-----", "-----BEGIN PUBLIC KEY-----",
        #"{"password":""}"#, #"{"password":"****"}"#, #"{"password":null}"#, #"{"hasPassword":"yes!"}"#,
        #"{"password":"is too short"}"#, #"{"resetPassword":"/reset"}"#, #"{"secretary":"Alice"}"#,
        #"{"text":"my password is hunter2"}"#,
        "npm@8.1.0", "user@host", "@alice", "@types/node", "logo@2x.png", "noreply@example.org", "a@b.c1",
        "4111111111111112", "4111-1111-1111-1111-1", "1767614400000", "1767614400000000000", "0000000000000000",
        "41111111111111111111", "f4111111111111111", "4111111111111111.5", "2026-01-05 12:00:00",
        "49927398716", "+4111111111111111",
        "8.8.8.8", "172.32.0.1", "172.15.0.1", "10.0.0", "10.0.0.256", "110.0.0.1", "10.0.0.1.5", "Chrome/10.0.0.1",
        "192.168.1", "1.10.0.0.1",
    ]

    @Test(arguments: innocent)
    func isNotFound(_ text: String) {
        for shift in 0..<8 {
            let bytes = Array((String(repeating: " ", count: shift) + text).utf8)
            let hits = PayloadScan(bytes.span).hits
            #expect(hits == [], "at \(shift)")
        }
    }

    @Test func tellsTheFirstOfEachKindAndFourTokens() {
        let text = String(repeating: "a@example.org \(Self.token) ", count: 9)
        let hits = PayloadScan(Array(text.utf8).span).hits
        #expect(hits.count { $0.kind == .email } == 1)
        #expect(hits.count { $0.kind == .webToken } == 4)
    }

    @Test func looksNoFurtherThanItsLimit() {
        let blank = [UInt8](repeating: 0x20, count: PayloadScan.limit - 8)
        let near = PayloadScan((blank + Array("a@b.org".utf8)).span).hits.count
        let far = PayloadScan((blank + Array("    a@b.org".utf8)).span).hits.count
        #expect(near == 1 && far == 0)
    }

    /// Nothing of what a peer may send makes it trap.
    @Test func readsAnyBytes() {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("@.:\"\\/- 0123456789eyJAKIpasswordPRIVATEKEY10.172.192.168.js".utf8)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...96, using: &random)
            let bytes = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
            let hits = PayloadScan(bytes.span).hits
            #expect(hits.allSatisfy { $0.bytes.upperBound <= count }, "\(bytes)")
        }
    }
}

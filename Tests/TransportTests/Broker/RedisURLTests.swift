import Testing
import Transport

struct RedisURLTests {
    @Test(arguments: [
        ("redis://127.0.0.1:6379", "127.0.0.1", 6379), ("redis://localhost", "localhost", 6379),
        ("REDIS://cache.example:7000/", "cache.example", 7000), ("redis://[::1]:6380", "::1", 6380),
    ])
    func isRead(text: String, host: String, port: Int) throws {
        #expect(try RedisURL(parsing: text).address == HostPort(host: host, port: port))
    }

    @Test(arguments: [
        "", "127.0.0.1:6379", "rediss://h:1", "redis://", "redis://:6379", "redis://h:0", "redis://h:x", "redis://h/1",
        "redis://h:1?a=b",
    ])
    func isRefused(text: String) {
        #expect(throws: TransportError.self) { try RedisURL(parsing: text) }
    }

    /// A command line can be read by all users of a machine; and the password is not repeated in the message.
    @Test func aPasswordDoesNotBelongIntoIt() {
        let error = #expect(throws: TransportError.self) { try RedisURL(parsing: "redis://:secret@h:6379") }
        #expect(error?.advice.contains(RedisURL.passwordName) == true)
        #expect(error?.description.contains("secret") == false)
    }
}

import Testing
import Transport

/// What an access log must not hold.
struct AccessLineTests {
    @Test(arguments: [
        ("/echo", "/echo"), ("/echo?", "/echo?"), ("/echo?ticket=abc", "/echo?ticket=-"),
        ("/echo?a=1&Access_Token=x%20y&b=2", "/echo?a=1&Access_Token=-&b=2"), ("/echo?token", "/echo?token=-"),
        ("/echo?mytoken=1", "/echo?mytoken=1"),
    ])
    func hidesSecrets(target: String, shown: String) {
        #expect(AccessLine.withoutSecrets(target) == shown)
    }
}

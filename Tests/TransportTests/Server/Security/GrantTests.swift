import Testing
import Transport

/// Who may do what in which room.
struct GrantTests {
    @Test(arguments: ["ada:send", "ada:send:blue:x", "ada:shout:blue", ":send:blue", "ada:send:", ""])
    func refusesWhatIsNone(text: String) {
        #expect(Grant(text) == nil)
    }

    @Test func withoutAnyEverythingIsAllowed() {
        #expect([Grant]().allow(.sendBinary, user: nil, room: "blue"))
    }

    @Test(
        arguments: [
            (Grant.Action.read, "ada", "blue", true), (.sendText, "ada", "blue", true),
            (.sendBinary, "ada", "blue", true),
            (.sendText, "ada", "red", false), (.read, "ada", "red", false), (.sendText, "bob", "blue", false),
            (.sendBinary, "eve", "news-1", false), (.sendText, "eve", "news-1", true), (.read, "bob", "news-", true),
            (.read, "bob", "new", false), (.read, nil, "news-1", true), (.sendText, nil, "blue", false),
        ] as [(Grant.Action, String?, String, Bool)])
    func decides(action: Grant.Action, user: String?, room: String, isAllowed: Bool) {
        let grants = ["ada:read:blue", "ada:send:blue", "*:read:news-*", "eve:send-text:*"].compactMap(Grant.init)
        #expect(grants.count == 4)
        #expect(grants.allow(action, user: user, room: room) == isAllowed)
    }
}

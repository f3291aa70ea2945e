import Lint
import Testing

/// Versions are compared as their libraries number them, branch by branch.
struct KnownFlawTests {
    @Test(
        arguments: [
            ("ws", "8.17.0", "CVE-2024-37890"), ("ws", "7.5.9", "CVE-2024-37890"), ("ws", "0.8.1", "CVE-2016-10542"),
            ("ws", "8.20.1", "CVE-2026-48779"), ("ws", "8.21.0", "CVE-2026-62389"),
            ("github.com/gorilla/websocket", "v1.4.0", "CVE-2020-27813"),
            ("https://github.com/apple/swift-nio.git", "2.99.9", "CVE-2026-28980"),
            ("Tomcat", "10.0.0-M6", "CVE-2020-13935"), ("tomcat", "9.0.0.M1", "CVE-2020-13935"),
            ("websockets", "9.0.2", "CVE-2021-33880"), ("ws", "8.17.1-beta.1", "CVE-2024-37890"),
        ])
    func flawIsKnown(_ library: String, _ version: String, _ id: String) {
        #expect(KnownFlaw.flaws(of: library, version: version).map(\.id).contains(id))
    }

    @Test(
        arguments: [
            ("ws", "8.17.1", "CVE-2024-37890"), ("ws", "7.5.10", "CVE-2024-37890"), ("ws", "1.1.1", "CVE-2016-10542"),
            ("ws", "8.21.1", "CVE-2026-62389"), ("gorilla/websocket", "1.4.1", "CVE-2020-27813"),
            ("tomcat", "10.0.0-M7", "CVE-2020-13935"), ("tomcat", "10.0.0-M10", "CVE-2020-13935"),
            ("websockets", "9.1", "CVE-2021-33880"), ("websockets", "16.0", "CVE-2018-1000518"),
        ])
    func mendedVersionHasNone(_ library: String, _ version: String, _ id: String) {
        #expect(!KnownFlaw.flaws(of: library, version: version).map(\.id).contains(id))
    }

    @Test(arguments: ["", "latest", "8", "^8.0.0", "99999999999999999999.1", "8.…"])
    func whateverIsNoVersionIsNoCrash(_ version: String) {
        _ = KnownFlaw.flaws(of: "ws", version: version)
        #expect(KnownFlaw.flaws(of: "ws", version: "latest").isEmpty)
    }

    @Test func fixIsTheOneThatMendsAll() {
        let flaws = KnownFlaw.flaws(of: "ws", version: "8.17.0")
        #expect(flaws.count == 4)
        #expect(KnownFlaw.fixed(flaws, in: "8.17.0") == "8.21.1")
    }
}

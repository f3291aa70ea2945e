import Lint
import Testing
import Wire

/// How a WebSocket is used: what the notes about it say.
struct FitnessTests {
    private func found(_ code: RuleCode, _ write: (inout Scene) -> Void) -> [Finding] {
        Scene(write).linted(by: [code].compactMap { AllRules.rule($0) }).all
    }

    private func asked(_ types: [String]) -> [Finding] {
        found("U01") { scene in
            scene.open()
            for number in 0..<40 {
                let type = types[number % types.count]
                scene.text(.client, #"{"action":"\#(type)","id":\#(number / 4)}"#)
                scene.text(.server, #"{"action":"\#(type)","id":\#(number / 4),"ok":true}"#)
            }
            scene.end()
        }
    }

    @Test(arguments: ["getUser", "user.get", "GET_USER", "delete_user", "users/list", "get", "Update"])
    func requestsAboutRecordsAreCRUD(_ type: String) {
        let findings = asked([type])
        #expect(findings.map(\.severity) == [.note])
        #expect(findings.allSatisfy { $0.message.contains("CRUD, 40 ") })
    }

    @Test(arguments: ["listen", "settle", "gettext", "say", "Setup", "target", ""])
    func othersAreNot(_ type: String) {
        let findings = asked([type])
        #expect(findings.count == 1 && findings.allSatisfy { !$0.message.contains("CRUD") })
    }

    @Test func seventyInAHundredAreEnough() {
        #expect(asked(["get", "put", "set", "say"]).allSatisfy { $0.message.contains("CRUD, 30 ") })
        #expect(asked(["get", "tell", "set", "say"]).allSatisfy { !$0.message.contains("CRUD") })
    }

    @Test func aFloodIsAWarning() {
        let findings = found("U04") { scene in
            scene.open()
            for _ in 0..<3000 {
                scene.binary(.client, 4)
                scene.wait(0.003)
            }
            scene.end()
        }
        #expect(findings.map(\.severity) == [.warning])
    }

    @Test func aPauseEndsTheChatter() {
        let findings = found("U04") { scene in
            scene.open()
            for _ in 0..<3 {
                for _ in 0..<540 {
                    scene.binary(.client, 4)
                    scene.wait(0.015)
                }
                scene.wait(3)
            }
            scene.end()
        }
        #expect(findings.map(\.message) == [])
    }
}

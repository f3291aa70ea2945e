import Connection
import Lint
import Testing
import Wire

/// One fault is told once, whatever follows from it.
struct FaultsTests {
    private func rules(_ scene: Scene) -> [RuleCode] { scene.linted().all.map(\.rule) }

    private static let hello = Array("hello".utf8)

    @Test func otherFaultsOfFramingBehindTheFirstAreNotTold() {
        let scene = Scene { scene in
            scene.open()
            scene.frame(.client, .text, Self.hello, isMasked: false)
            scene.frame(.client, .reserved(0x3), Self.hello)
            scene.frame(.client, .ping, Self.hello, fin: false)
        }
        #expect(rules(scene) == ["F01"])
    }

    @Test func theSameFaultIsCounted() throws {
        let scene = Scene { scene in
            scene.open()
            for _ in 1...5 { scene.frame(.client, .text, Self.hello, isMasked: false) }
        }
        let finding = try #require(scene.linted().all.first)
        #expect(finding.rule == "F01" && finding.occurrences == 5 && finding.connections == 1)
    }

    @Test func faultsOfPayloadsBehindItAreTold() {
        let scene = Scene { scene in
            scene.open()
            scene.bytes(.server, [0xa1, 0x02, 0x68, 0x69], "TEXT with RSV2")
            scene.frame(.server, .text, [0xff])
        }
        #expect(rules(scene) == ["F03", "F09"])
    }

    @Test func bothSidesAreJudgedApart() {
        let scene = Scene { scene in
            scene.open()
            scene.frame(.client, .text, Self.hello, isMasked: false)
            scene.frame(.server, .reserved(0x3), Self.hello)
        }
        #expect(rules(scene) == ["F01", "F04"])
    }

    /// The server fails the connection in one way or another: all of them are right.
    @Test(arguments: [1, 2, 3])
    func theEndBehindAFaultIsNoFinding(_ way: Int) {
        let scene = Scene { scene in
            scene.open()
            scene.frame(.client, .text, Self.hello, isMasked: false)
            switch way {
            case 1: scene.end(by: .server, 1002)
            case 2:
                scene.close(.server, 1002)
                scene.reset(.server)
            default:
                scene.fin(.server)
                scene.fin(.client)
            }
        }
        #expect(rules(scene) == ["F01"])
    }

    @Test func theEndBehindAWrongAcceptIsNoFinding() {
        let scene = Scene { scene in
            scene.open { $0.response("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") }
            scene.reset(.client)
        }
        #expect(rules(scene) == ["H01"])
    }

    @Test func theEndBehindAnUnansweredPingIsNoFinding() {
        let scene = Scene { scene in
            scene.open()
            scene.ping(.server, "anyone?")
            scene.wait(25)
            scene.reset(.server)
        }
        #expect(rules(scene) == ["L03"])
    }

    @Test func guessedFramesAreNoEvidence() {
        let scene = Scene { scene in
            scene.midstream()
            for _ in 1...10 { scene.frame(.client, .text, Self.hello, mask: MaskingKey(0, 0, 0, 0)) }
            scene.frame(.server, .text, [0xff])
            scene.close(.server, 1005)
            scene.text(.server, "late")
            scene.fin(.server)
            scene.fin(.client)
        }
        let linter = Linter()
        scene.run(limits: ObserverLimits(guesses: true), into: linter)
        linter.finish()
        #expect(linter.findings.all.map(\.message) == [])
        #expect(linter.findings.tallies["F09"]?.passed == 0)
    }

    @Test func guiltyBitsAreInThePlace() throws {
        let scene = Scene { scene in
            scene.open()
            scene.bytes(.server, [0xb1, 0x02, 0x68, 0x69], "TEXT with RSV2 and RSV3")
        }
        let finding = try #require(scene.linted().all.first)
        guard case .wire(let place) = finding.place else { return }
        #expect(place.bits == 2..<4 && place.frame == 1 && place.side == .server)
        #expect(finding.message.contains("RSV2, RSV3"))
    }

    /// Text of a peer that gets into a message is safe, short, and tells no secret.
    @Test func messagesAreSafe() throws {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJlLXRoYXQtc2lnbnM"
        let scene = Scene { scene in
            scene.open { handshake in
                handshake.request("Sec-WebSocket-Protocol", "\(token), \(token)")
                handshake.request("Origin", "\u{1b}[31m" + String(repeating: "x", count: 500))
                handshake.response("Sec-WebSocket-Protocol", token)
            }
        }
        let findings = scene.linted().all
        #expect(findings.map(\.rule).contains("H07") && findings.map(\.rule).contains("H03"))
        for finding in findings {
            #expect(finding.message.count <= 200 && !finding.message.contains("\u{1b}"))
            #expect(!finding.message.contains(token), "\(finding.message)")
        }
    }
}

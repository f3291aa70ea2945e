import Connection
import Lint
import Testing
import Wire

/// How connections end, beyond the examples: what only several of them show, and what follows from something else.
struct ClosingTests {
    private func findings(_ scene: Scene) -> [Finding] { scene.linted().all }

    /// Connections that are open for 6 s and then all end as told.
    private static func ending(_ count: Int, of all: Int, _ end: (inout Scene) -> Void) -> Scene {
        Scene { scene in
            for number in 1...all {
                scene.on(number)
                scene.open()
                scene.text(.client, "hi")
            }
            scene.wait(6)
            for number in 1...count {
                scene.on(number)
                end(&scene)
            }
        }
    }

    @Test(arguments: [(0.2, 1000, true), (0.2, 1002, false), (0.2, 1008, false), (0.2, 4001, false), (3, 1000, false)])
    func codeRightAfterAFault(_ wait: Double, _ code: Int, _ isWrong: Bool) {
        let scene = Scene { scene in
            scene.open()
            scene.frame(.client, .text, [0xff])
            scene.wait(wait)
            scene.end(by: .server, UInt16(code))
        }
        #expect(findings(scene).map(\.rule) == (isWrong ? ["F09", "C04"] : ["F09"]))
    }

    @Test func whoAnswersSomethingElseFirstDoesNotReact() {
        let scene = Scene { scene in
            scene.open()
            scene.frame(.client, .text, [0xff])
            scene.text(.server, "received")
            scene.end(by: .server, 1000)
        }
        #expect(findings(scene).map(\.rule) == ["F09"])
    }

    @Test func massDropsAreToldOnceWithTheirFigures() throws {
        let scene = Self.ending(3, of: 4) { $0.reset(.server) }
        #expect(findings(scene).map(\.rule) == ["C06"])
        let finding = try #require(findings(scene).first)
        #expect(finding.message == "3 of 4 connections of 203.0.113.10:443 ended within 2 ms, with no Close")
    }

    @Test func aFewOfManyAreNoMassDrop() {
        let scene = Self.ending(3, of: 10) { $0.reset(.server) }
        #expect(findings(scene).map(\.rule) == ["C01"])
        #expect(findings(scene).map(\.occurrences) == [3] && findings(scene).map(\.connections) == [3])
    }

    @Test func withGoodbyeThereIsNone() {
        #expect(findings(Self.ending(4, of: 4) { $0.end(by: .server, 1012) }).isEmpty)
        #expect(findings(Self.ending(4, of: 4) { $0.end(by: .server, 4000) }).isEmpty)
    }

    @Test func theShareOfAbnormalEndsIsAnError() throws {
        let scene = Scene { scene in
            for number in 1...20 {
                scene.on(number)
                scene.open()
                scene.wait(6)
                if number <= 3 { scene.reset(.client) } else { scene.end() }
            }
        }
        let found = findings(scene).filter { $0.rule == "C01" }
        #expect(found.map(\.severity) == [.warning, .error])
        #expect(found.last?.message == "3 of 20 connections ended without a Close, 15 %")
    }

    @Test func whatFailsTheConnectionNeedNotWait() {
        let scene = Scene { scene in
            scene.open()
            scene.text(.client, String(repeating: "a", count: 2000))
            scene.close(.server, 1009, "too big")
            scene.reset(.server)
        }
        #expect(findings(scene).isEmpty)
    }

    @Test func aCloseBehindTheEndOfTheOtherIsAbnormal() {
        let scene = Scene { scene in
            scene.open()
            scene.fin(.client)
            scene.close(.server, 1001)
            scene.fin(.server)
        }
        #expect(findings(scene).map(\.rule) == ["C01"])
    }

    /// Live: time passes, and no event comes.
    @Test func aMissingAnswerIsToldWhileTimePasses() {
        let linter = Linter()
        var observer = Observer(sink: linter)
        let scene = Scene { scene in
            scene.open()
            scene.close(.server, 1001)
        }
        var time = Scene.start
        for step in scene.steps {
            time = time.adding(nanoseconds: Scene.latency)
            let id = ConnectionID(rawValue: 1)
            switch step.act {
            case .sends(let side, let bytes):
                observer.receive(Segment(connection: id, time: time, kind: .bytes(from: side)), bytes.span)
            case .happens(let kind): observer.receive(Segment(connection: id, time: time, kind: kind), Span())
            case .waits: break
            }
        }
        linter.pass(to: time.adding(nanoseconds: 9_000_000_000))
        #expect(linter.findings.all.isEmpty)
        linter.pass(to: time.adding(nanoseconds: 10_500_000_000))
        #expect(linter.findings.all.map(\.rule) == ["C02"])
        linter.pass(to: time.adding(nanoseconds: 30_000_000_000))
        #expect(linter.findings.all.map(\.occurrences) == [1])
    }
}

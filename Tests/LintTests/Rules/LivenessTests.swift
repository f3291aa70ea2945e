import Connection
import Lint
import Testing
import Wire

/// What the rules about liveness find while nothing happens, and what they do not.
struct LivenessTests {
    /// The connection is open, and time passes.
    private func live(_ seconds: [Double], _ write: (inout Scene) -> Void) -> [String] {
        let linter = Linter(rules: ["L01", "L03", "L05"].compactMap { AllRules.rule($0) })
        let sink = Unfinished(linter)
        Scene(write).run(into: sink)
        for second in seconds { linter.pass(to: sink.last.adding(nanoseconds: Int64(second * 1e9))) }
        return linter.findings.all.map { "\($0.rule) \($0.message)" }
    }

    @Test func silenceIsToldWhileItLasts() {
        #expect(live([60]) { $0.open() } == [])
        #expect(live([60, 90, 120]) { $0.open() } == ["L01 90 s of silence, and no Ping from either side"])
    }

    @Test func heartbeatsEndTheSilence() {
        let found = live([89]) { scene in
            scene.open()
            scene.beat(every: 20, times: 3)
        }
        #expect(found == [])
    }

    @Test func pingWithoutAnswerIsToldWhenItIsDue() {
        let ping = { (scene: inout Scene) in
            scene.open()
            scene.ping(.server, "1")
        }
        #expect(live([19], ping) == [])
        #expect(live([20], ping) == ["L03 no Pong of the client within 20 s"])
    }

    @Test func messagesThatSayPingAreToldWhenTheLastWasNotAnswered() {
        let pings = { (scene: inout Scene) in
            scene.open()
            for _ in 1...3 { scene.text(.client, #"{"type":"ping"}"#) }
        }
        #expect(live([4], pings) == [])
        #expect(live([5], pings).map { $0.prefix(33) } == ["L05 3 messages of the client say "])
    }
}

/// Hands everything on but the end.
private final class Unfinished: EventSink {
    private let linter: Linter
    private(set) var last = Scene.start

    init(_ linter: Linter) { self.linter = linter }

    func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        if case .closed = event.kind { return }
        last = event.time
        linter.receive(event, payload: payload)
    }
}

import Synchronization
import Testing
import Transport
import Wire

struct LineCommandTests {
    @Test(
        arguments: [
            ("hello", .text("hello")), ("", .text("")), ("//ping", .text("/ping")), ("/ping", .ping([])),
            ("/ping are you", .ping(Array("are you".utf8))), ("/pong", .pong([])), ("/close", .close(nil, reason: "")),
            ("/close 1000", .close(1000, reason: "")), ("/close 4001 bye  now", .close(4001, reason: "bye  now")),
            ("/raw 81 05 48", .raw([0x81, 5, 0x48])), ("/binary 00ff", .binary([0, 255])), ("/wait 250", .wait(250)),
            ("/help", .help), (" /ping", .text(" /ping")),
        ] as [(String, LineCommand)])
    func reads(line: String, command: LineCommand) {
        #expect(LineCommand(line) == command)
    }

    @Test(arguments: [
        "/nope", "/", "/raw zz", "/raw", "/close 1005", "/close abc", "/wait -1", "/wait", "/\u{1b}[31m",
        "/ping " + String(repeating: "x", count: 126),
    ])
    func saysWhatIsWrong(line: String) {
        guard case .wrong(let why) = LineCommand(line) else {
            Issue.record("this is wrong: \(line)")
            return
        }
        #expect(!why.isEmpty && !why.utf8.contains(0x1b))
    }

    /// What `/help` lists is there, and the other way round.
    @Test(arguments: ["binary 00", "ping", "pong", "close", "raw 00", "wait 1", "help"])
    func listsEachCommand(command: String) {
        #expect(LineCommand.usage.contains("/" + command.prefix { $0 != " " }))
        if case .wrong(let why) = LineCommand("/" + command) { Issue.record("\(why)") }
    }
}

/// A script's talk with a server: what it prints, and its exit status.
struct ConnectSessionTests {
    struct Outcome: Sendable {
        let said: [String]
        let noted: [String]
        let status: Int32
    }

    private final class Lines: Sendable {
        let said = Mutex<[String]>([])
        let noted = Mutex<[String]>([])
    }

    private static func run(
        _ fixture: ServerFixture, _ script: [String], configure: (inout ConnectSession.Options) -> Void = { _ in }
    ) async throws -> Outcome {
        let lines = Lines()
        var options = ConnectSession.Options()
        options.patience = .milliseconds(200)
        configure(&options)
        let (input, continuation) = AsyncStream.makeStream(of: String.self)
        for line in script { continuation.yield(line) }
        continuation.finish()
        let status = try await ConnectSession.run(
            ClientRequest(WebSocketURL(address: fixture.address)), options, lines: input,
            ConnectSession.Output(
                said: { line in lines.said.withLock { $0.append(line) } },
                noted: { line in lines.noted.withLock { $0.append(line) } }))
        return Outcome(said: lines.said.withLock { $0 }, noted: lines.noted.withLock { $0 }, status: status)
    }

    @Test func playsAScript() async throws {
        try await ServerFixture.run { fixture in
            let script = ["hello", "//slash", "/binary 00 ff", "/ping x", "/raw 81 81 00 00 00 00 41"]
            let outcome = try await Self.run(fixture, script)
            #expect(outcome.status == 0)
            #expect(outcome.said.filter { $0.hasPrefix(">") } == ["> hello", "> /slash", "> binary, 2 bytes: 00 ff"])
            #expect(
                outcome.said.filter { $0.hasPrefix("<") } == ["< hello", "< /slash", "< binary, 2 bytes: 00 ff", "< A"])
            #expect(outcome.noted.contains { $0.hasPrefix("· pong received \"x\" after ") })
            #expect(outcome.noted.last?.hasPrefix("· closed: 1000 normal closure, clean") == true)
        }
    }

    @Test(
        arguments: [
            (["/close 1000 bye"], 0), (["/close"], 0), (["/close 4000"], 1), (["/raw f3 80 00 00 00 00"], 1),
            (["/nope"], 0), (["/raw 88 80 00 00 00 00"], 0),
        ] as [([String], Int32)])
    func tellsHowItEndedByItsStatus(script: [String], status: Int32) async throws {
        try await ServerFixture.run { fixture in
            let outcome = try await Self.run(fixture, script)
            #expect(outcome.status == status)
        }
    }

    @Test func printsNothingThatActsOnATerminal() async throws {
        try await ServerFixture.run { fixture in
            let outcome = try await Self.run(fixture, ["\u{1b}[31mred\u{7}", "/ping \u{1b}[0m"])
            #expect(outcome.said.last == #"< \x1b[31mred\x07"#)
            #expect(!(outcome.said + outcome.noted).joined().utf8.contains { $0 == 0x1b || $0 == 7 })
        }
    }
}

/// The demo talks, and steps aside.
struct DemoClientTests {
    @Test func stepsAside() async throws {
        try await ServerFixture.run(scenario: nil) { fixture in
            let demo = DemoClient(WebSocketURL(address: fixture.address))
            demo.start()
            await eventually { fixture.server.connectionCount == 4 }
            #expect(demo.isRunning)
            demo.stepAside()
            await eventually { fixture.server.connectionCount == 0 }
            #expect(!demo.isRunning)
        }
    }

    @Test func isNoGuest() async throws {
        let guests = Mutex(0)
        let server = TeachingServer(WebSocketServer.Options(port: 0)) { guests.withLock { $0 += 1 } }
        let address = try await server.start()
        let demo = DemoClient(WebSocketURL(address: address))
        demo.start()
        await eventually { server.connectionCount == 4 }
        #expect(guests.withLock { $0 } == 0)
        let client = try await Replies().connect(to: address, "/echo")
        #expect(guests.withLock { $0 } == 1)
        demo.stepAside()
        client.close()
        await server.stop()
    }
}

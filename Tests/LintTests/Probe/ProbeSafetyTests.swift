import Connection
import Lint
import Testing
import Wire

/// The probe stays within its budget, sees when a server is harmed, and stops there.
struct ProbeSafetyTests {
    /// The server dies at the n-th connection, whichever step that belongs to.
    @Test(arguments: [2, 10, 30, 90])
    func stopsWhereTheServerDies(_ number: Int) async throws {
        let server = MemoryServer()
        server.traits.status = { [unowned server] request in
            if server.lines.count == number { server.die() }
            return MemoryServer.strictStatus(request)
        }
        let (findings, lines, session) = try await ProbeStepTests.probe(server)
        let stops = lines.filter { $0.hasPrefix("stopped: ") }
        #expect(stops.count == 1)
        #expect(stops.first?.contains("the server does not serve a new client: it takes no connection") == true)
        let blame = findings.counted.filter { $0.message.contains("the server does not serve a new client") }
        #expect(blame.map(\.severity) == [.error])
        // Nothing but the three looks at its health came after.
        #expect(session.finalUse.connections <= number + 3)
        #expect(findings.tallies["D03"]?.notApplicable == ["the server was harmed before": 1])
    }

    @Test func stopsWhereTheServerRefusesFurtherClients() async throws {
        let server = MemoryServer()
        server.traits.status = { [unowned server] request in
            server.lines.count > 20 ? 429 : MemoryServer.strictStatus(request)
        }
        let (findings, lines, _) = try await ProbeStepTests.probe(server)
        #expect(lines.contains { $0.hasPrefix("stopped: ") && $0.contains("it answered a new client with 429") })
        #expect(!findings.all.contains { $0.message.contains("does not serve a new client") })
        #expect(findings.tallies["D03"]?.notApplicable == ["the server refused further clients": 1])
    }

    @Test func asksNothingOfAServerThatIsNone() async throws {
        let dead = MemoryServer()
        dead.die()
        let refused = ProbeStop.unfit(
            why: "it takes no connection: connection refused", advice: "start the server, and check the URL")
        #expect(await stop(of: dead) == refused)
        let locked = MemoryServer { $0.status = { _ in 401 } }
        let why = "the server answered 401 Unauthorized: the server wants credentials"
        let advice = "give what a good client sends: -H 'Name: value', --origin, --subprotocol"
        #expect(await stop(of: locked) == .unfit(why: why, advice: advice))
        #expect(locked.lines.count == 1)
    }

    private func stop(of server: MemoryServer) async -> ProbeStop? {
        do {
            _ = try await ProbeStepTests.probe(server)
            return nil
        } catch {
            return error as? ProbeStop
        }
    }

    @Test func staysWithinItsBudget() async throws {
        var budget = ProbeBudget()
        budget.connections = 30
        budget.open = 10
        budget.bytes = 1 << 20
        let server = MemoryServer()
        let (findings, _, session) = try await ProbeStepTests.probe(server, budget: budget)
        #expect(server.lines.count <= 30)
        #expect(session.finalUse.mostOpen <= 10)
        #expect(session.finalUse.bytes <= 1 << 20)
        let reasons = findings.tallies.values.flatMap(\.notApplicable.keys)
        #expect(reasons.contains("the probe's 30 connections are used up"))
    }

    @Test func staysWithinItsTime() async throws {
        // A server that keeps everybody waiting.
        let server = MemoryServer { traits in
            traits.ignoresCloses = true
            traits.isTolerant = true
            traits.onMessage = { _ in .block(3) }
        }
        let start = server.now()
        let (_, _, session) = try await ProbeStepTests.probe(server)
        #expect(server.now().since(start) < 180_000_000_000)
        #expect(session.finalUse.open == 0)
    }

    @Test func asksOnlyWhatTheSettingsWant() async throws {
        var settings = LintSettings()
        settings.selected = ["S03"]
        let server = MemoryServer()
        let (findings, _, _) = try await ProbeStepTests.probe(server, ProbeOptions(), settings)
        #expect(Set(findings.tallies.keys) == ["S03"])
        #expect(server.lines.count < 10)
    }

    @Test func tellsNoSecrets() async throws {
        var options = ProbeStepTests.credentials
        options.headers = [("Authorization", "Bearer hunter2-hunter2"), ("Cookie", "sid=hunter2-hunter2")]
        let (findings, lines, _) = try await ProbeStepTests.probe(MemoryServer(), options)
        let exchanges = findings.all.flatMap { finding in
            if case .probe(let place) = finding.place {
                place.exchange + [finding.message, place.url]
            } else {
                [String]()
            }
        }
        #expect(!exchanges.isEmpty)
        #expect(!(exchanges + lines).contains { $0.contains("hunter2") || $0.contains("room=1") })
    }
}

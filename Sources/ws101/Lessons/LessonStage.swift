import Connection
import Transport
import Tutor
import Wire

/// The sockets of a lab, all on 127.0.0.1: servers, hands, scripts, faulty peers, and a proxy in front of the
/// learner's own program.
actor LessonStage {
    private let lab: Tutor.Lab
    private let tap: any Tap
    private let log: LabLog
    private let say: LabVoice
    private var servers: [(name: String, server: any LabServer)] = []
    private var parties: [String: any LabParty] = [:]
    private var scripts: [String: [String]] = [:]
    private var proxies: [ProxyServer] = []
    private var background: [Task<Void, Never>] = []
    private var yours: HostPort?
    private let shared = SharedScenarios()
    private var isOver = false
    /// How many events of each kind lines have waited for.
    private var awaited: [String: Int] = [:]

    /// - Parameters:
    ///   - tap: Told everything that goes over the lab's connections.
    ///   - log: What has reached the recorder of it, for lines that wait.
    init(_ lab: Tutor.Lab, tap: any Tap, log: LabLog, say: @escaping LabVoice) {
        self.lab = lab
        self.tap = tap
        self.log = log
        self.say = say
    }

    /// Who makes connections.
    static func names(_ lab: Tutor.Lab) -> Set<String> { Set(lab.stage.map(\.name)) }

    /// Starts everything, servers first.
    /// - Returns: What the learner has to know, such as an address.
    func start() async throws(LabProblem) -> [String] {
        for actor in lab.stage { try await startServer(actor) }
        var notes: [String] = []
        for actor in lab.stage {
            try await startParty(actor)
            if let note = try await startProxy(actor) { notes.append(note) }
            if case .yourServer = actor.kind {
                notes.append("Start your own server, then say where it listens: :use ws://127.0.0.1:PORT")
            }
        }
        for actor in lab.stage { playIfReady(actor) }
        return notes
    }

    /// Ends everything. Does not wait for peers that are slow.
    func stop() async {
        isOver = true
        for task in background { task.cancel() }
        for party in parties.values { await party.stop() }
        for proxy in proxies { await proxy.stop() }
        for (_, server) in servers { await server.stop() }
        parties = [:]
        servers = []
        proxies = []
    }

    // MARK: Start

    private func startServer(_ actor: LabActor) async throws(LabProblem) {
        let server: any LabServer
        switch actor.kind {
        case .server(let scenario, let switches):
            if let content = HTTPLab.Content(rawValue: scenario) {
                guard switches.isEmpty else { throw LabProblem("the server \(scenario) has no switches") }
                server = HTTPLabServer(content)
            } else {
                server = try TeachingLabServer(scenario, switches, shared)
            }
        case .scriptedServer(let lines, let isTogether, let switches):
            server = try ScriptedLabServer(lines, isTogether: isTogether, switches)
        case .peer(let name):
            let fault = try LessonStage.fault(name)
            guard fault.side == .server else { return }
            server = ScriptedLabServer(fault.script)
        case .hand, .script, .yourClient, .yourServer: return
        }
        do {
            try await server.start()
        } catch {
            throw LabProblem(error)
        }
        servers.append((actor.name, server))
    }

    private func startParty(_ actor: LabActor) async throws(LabProblem) {
        switch actor.kind {
        case .hand(let connection): await add(actor, connection, says: true)
        case .script(let connection, let lines, _):
            await add(actor, connection, says: false)
            scripts[actor.name] = lines
        case .peer(let name):
            let fault = try LessonStage.fault(name)
            guard fault.side == .client else { return }
            parties[actor.name] = ZooParty(fault, name: actor.name, tap: tap, say: say, server: address(of: actor.to))
        case .server, .scriptedServer, .yourClient, .yourServer: return
        }
    }

    private func add(_ actor: LabActor, _ connection: LabActor.Connection, says: Bool) async {
        let prefix = lab.stage.count(where: \.isHand) > 1 ? "\(actor.name): " : ""
        let say = say
        let voice: LabVoice = { line in
            if says { say(prefix + line) }
        }
        let address = address(of: actor.to)
        let connects = connection.connects && !(actor.to.map { isYours($0) } ?? false)
        switch connection.kind {
        case .client:
            let hand = ClientHand(actor.name, connection, tap: tap, say: voice, server: address)
            parties[actor.name] = hand
            if connects { await hand.connect() }
        case .raw:
            let hand = RawHand(actor.name, connection, tap: tap, say: voice, server: address)
            parties[actor.name] = hand
            if connects { await hand.connect() }
        case .http:
            let hand = HTTPHand(actor.name, connection, tap: tap, say: voice, server: address)
            parties[actor.name] = hand
            if connects { await hand.connect() }
        }
    }

    private func startProxy(_ actor: LabActor) async throws(LabProblem) -> String? {
        guard case .yourClient = actor.kind else { return nil }
        guard let upstream = await address(of: actor.to)() else {
            throw LabProblem("there is no server for your client to talk to")
        }
        do {
            let configuration = ProxyConfiguration(
                listen: HostPort(host: "127.0.0.1", port: 0), upstream: WebSocketURL(address: upstream))
            let proxy = try await ProxyServer.start(configuration, tap: NamedTap(tap, name: actor.name))
            proxies.append(proxy)
            return "Point your own client, in any language, at ws://\(proxy.address)/"
        } catch {
            throw LabProblem(error)
        }
    }

    private func playIfReady(_ actor: LabActor) {
        guard case .script(_, _, let waits) = actor.kind, !waits else { return }
        play(actor.name)
    }

    private func play(_ name: String) {
        guard let lines = scripts[name], let party = parties[name] else { return }
        background.append(
            Task {
                for line in lines where !Task.isCancelled { await self.perform(line, party, name) }
            })
    }

    private static func fault(_ name: String) throws(LabProblem) -> ZooFault {
        if let fault = Zoo.fault(name) { return fault }
        throw LabProblem(
            "there is no \"\(name)\" in the zoo; there are " + Zoo.all.map(\.name).joined(separator: ", "))
    }

    // MARK: Addresses

    private func isYours(_ name: String) -> Bool {
        lab.stage.contains { actor in
            if case .yourServer = actor.kind { actor.name == name } else { false }
        }
    }

    private nonisolated func address(of name: String?) -> @Sendable () async -> HostPort? {
        { [weak self] in await self?.currentAddress(of: name) }
    }

    private func currentAddress(of name: String?) async -> HostPort? {
        if let name, isYours(name) { return yours }
        if let found = servers.first(where: { name == nil || $0.name == name }) { return await found.server.address }
        return yours
    }
}

// MARK: - Lines

extension LessonStage {
    /// Does what a line says: of the learner, or of a solution. One after the other.
    func type(_ line: String) async {
        guard !isOver else { return }
        if line.hasPrefix(":") {
            do {
                try await command(line)
            } catch {
                say("· \(error)")
            }
            return
        }
        var name = lab.firstHand
        var rest = line
        if line.hasPrefix("@"), !line.hasPrefix("@@") {
            let parts = line.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
            name = parts.first
            rest = parts.count > 1 ? parts[1] : ""
        } else if line.hasPrefix("@@") {
            rest = String(line.dropFirst())
        }
        guard let name, let party = parties[name] else {
            let hands = lab.stage.filter(\.isHand).map { "@\($0.name)" }.joined(separator: ", ")
            return say(hands.isEmpty ? "· nothing here takes lines" : "· nobody here is called so; there are \(hands)")
        }
        // A line to nobody in particular waits for whoever it comes to.
        let isAnybody = !line.hasPrefix("@") && lab.stage.count(where: \.isHand) > 1
        if isAnybody, line.hasPrefix("/await ") { return await wait(for: String(line.dropFirst(7)), on: nil) }
        await perform(rest, party, name)
    }

    private func perform(_ line: String, _ party: any LabParty, _ name: String) async {
        if line.hasPrefix("/await ") { return await wait(for: String(line.dropFirst(7)), on: name) }
        if line.hasPrefix("/wait "), let milliseconds = Int(line.dropFirst(6).prefix(6)) {
            try? await Task.sleep(for: .milliseconds(milliseconds))
            return
        }
        await party.type(line)
    }

    /// How long a line waits, in nanoseconds; in a lab that takes longer than usual, as long as the lab may.
    private var patience: Int64 { lab.limit > 10_000_000_000 ? lab.limit : 5_000_000_000 }

    /// Until the log holds one more such event on that connection than it did when the line began, or holds one that
    /// nobody has waited for.
    private func wait(for text: String, on name: String?) async {
        let pattern: EventPattern
        do {
            let named = text.contains(" on ") ? text : name.map { LessonStage.naming(text, $0) } ?? text
            pattern = try AssertionParser.pattern(named)
        } catch {
            return say("· /await: \(error.what)")
        }
        let key = pattern.description
        let wanted = (awaited[key] ?? 0) + 1
        let deadline = Clock.now().adding(nanoseconds: patience)
        while log.count(pattern) < wanted, Clock.now() < deadline, !Task.isCancelled, !isOver {
            try? await Task.sleep(for: .milliseconds(5))
        }
        awaited[key] = wanted
    }

    /// `server text where len > 5` with `on NAME` in its place.
    private static func naming(_ text: String, _ name: String) -> String {
        guard let place = text.firstRange(of: " where ") else { return "\(text) on \(name)" }
        return text[..<place.lowerBound] + " on \(name)" + text[place.lowerBound...]
    }

    private func command(_ line: String) async throws(LabProblem) {
        let words = line.dropFirst().split(separator: " ", maxSplits: 2).map(String.init)
        switch (words.first ?? "", words.count) {
        case ("set", 3):
            let place = words[1].split(separator: ".", maxSplits: 1).map(String.init)
            let server = try self.server(place.count > 1 ? place[0] : nil)
            try await server.set(place[place.count - 1], words[2])
            say("· \(words[1]) is \(words[2]) now; the server was started anew")
        case ("kill", 1...2): await (try server(words.count > 1 ? words[1] : nil)).kill()
        case ("drain", 1...2): await (try server(words.count > 1 ? words[1] : nil)).drain()
        case ("start", 1...2):
            do throws(TransportError) {
                try await startAgain(words.count > 1 ? words[1] : nil)
            } catch {
                throw LabProblem(error)
            }
        case ("run", 2):
            guard scripts[words[1]] != nil else { throw LabProblem("there is no script called \(words[1])") }
            play(words[1])
        case ("use", 2): try await use(words[1])
        default:
            throw LabProblem(
                "\(line) is no command here; there are :set SERVER.SWITCH VALUE, :kill, :drain, :start, :run, :use URL")
        }
    }

    private func startAgain(_ name: String?) async throws(TransportError) {
        if let found = servers.first(where: { name == nil || $0.name == name }) { try await found.server.start() }
    }

    private func server(_ name: String?) throws(LabProblem) -> any LabServer {
        if let found = servers.first(where: { name == nil || $0.name == name }) { return found.server }
        throw LabProblem("there is no server called \(name ?? "so")")
    }

    /// A server of the lab by its name, or the learner's own. Only this machine: a lesson sends broken frames, which nobody else has asked for.
    private func use(_ url: String) async throws(LabProblem) {
        if let known = servers.first(where: { $0.name == url }) {
            yours = await known.server.address
            return
        }
        let parsed: WebSocketURL
        do {
            parsed = try WebSocketURL(parsing: url)
        } catch {
            throw LabProblem(error)
        }
        guard HostPort.isLoopback(parsed.address.host) else {
            throw LabProblem("a lab talks to this machine only: 127.0.0.1 or localhost, not \(parsed.address.host)")
        }
        yours = parsed.address
        say("· your server is at \(parsed.address); /connect connects to it")
    }
}

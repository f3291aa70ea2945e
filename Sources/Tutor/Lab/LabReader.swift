import Wire
import Yams

/// Reads a `lab` block.
struct LabReader {
    private(set) var fields: FieldReader

    init(file: String, offset: Int) { fields = FieldReader(file: file, offset: offset) }

    mutating func lab(_ text: String) -> Lab? {
        guard let root = fields.root(text),
            let keys = fields.fields(
                of: root, "a lab", required: ["id", "title", "task", "stage", "solution", "checks"],
                optional: ["draft", "limit"])
        else { return nil }
        let stage = stage(keys["stage"])
        let lab = Lab(
            id: fields.text(keys["id"], "id"), title: fields.text(keys["title"], "title"),
            task: fields.text(keys["task"], "task"), stage: stage, draft: fields.lines(keys["draft"], "draft"),
            solution: fields.lines(keys["solution"], "solution"), checks: checks(keys["checks"], stage),
            limit: duration(keys["limit"], "limit") ?? 10_000_000_000, line: fields.offset)
        if lab.solution.isEmpty { fields.fault(keys["solution"], "a lab without a solution cannot be passed") }
        if lab.checks.isEmpty { fields.fault(keys["checks"], "a lab without checks teaches nothing") }
        return lab
    }

    private mutating func duration(_ node: Node?, _ what: String) -> Int64? {
        guard let node, let milliseconds = fields.number(node, what) else { return nil }
        guard (1...600_000).contains(milliseconds) else {
            fields.fault(node, "\(what) is a time from 1ms to 10min")
            return nil
        }
        return Int64(milliseconds * 1_000_000)
    }

    // MARK: Checks

    private mutating func checks(_ node: Node?, _ stage: [LabActor]) -> [LabCheck] {
        guard case .sequence(let sequence)? = node else {
            if node != nil { fields.fault(node, "checks must be a list") }
            return []
        }
        return sequence.compactMap { check($0, stage) }
    }

    private mutating func check(_ node: Node, _ stage: [LabActor]) -> LabCheck? {
        guard
            let keys = fields.fields(
                of: node, "a check", required: ["check", "why", "ref"], optional: ["misconception"])
        else { return nil }
        let text = fields.text(keys["check"], "check")
        guard !text.isEmpty else { return nil }
        do {
            let assertion = try AssertionParser.assertion(text)
            let names = Set(stage.map(\.name))
            for name in assertion.patterns.compactMap(\.connection) where !names.contains(name) {
                fields.fault(keys["check"], "\"\(SafeText.escape(name))\" is nobody on this stage")
            }
            return LabCheck(
                assertion: assertion, text: text, why: fields.text(keys["why"], "why"),
                reference: fields.text(keys["ref"], "ref"),
                misconception: keys["misconception"].map { fields.text($0, "misconception") },
                line: fields.line(keys["check"]))
        } catch {
            fields.fault(keys["check"], "in the check, character \(error.column): \(error.what)")
            return nil
        }
    }
}

// MARK: - Stage

extension LabReader {
    private static let heads = ["server", "peer", "hand", "script", "yours"]

    private mutating func stage(_ node: Node?) -> [LabActor] {
        guard case .sequence(let sequence)? = node else {
            if node != nil { fields.fault(node, "stage must be a list of actors") }
            return []
        }
        let actors = sequence.compactMap { actor($0) }
        var names: Set<String> = []
        for (actor, item) in zip(actors, sequence) where !names.insert(actor.name).inserted {
            fields.fault(item, "there are two actors called \"\(SafeText.escape(actor.name))\"; name: tells them apart")
        }
        return actors
    }

    private mutating func actor(_ node: Node) -> LabActor? {
        guard case .mapping(let mapping) = node,
            let head = mapping.keys.compactMap(\.string).first(where: LabReader.heads.contains)
        else {
            fields.fault(node, "an actor is one of \(LabReader.heads.joined(separator: ", "))")
            return nil
        }
        let connection = [
            "to", "path", "opened", "connect", "origin", "cookie", "fields", "subprotocols", "compression",
        ]
        let optional: [String] =
            switch head {
            case "server": ["with", "lines", "together"]
            case "peer": ["to"]
            case "hand": connection
            case "script": connection + ["lines", "waits"]
            default: ["to"]
            }
        guard let keys = fields.fields(of: node, "this actor", required: [head], optional: optional + ["name"]),
            let kind = kind(head, keys)
        else { return nil }
        let word = fields.text(keys[head], head)
        let usual = head == "hand" ? "you" : head == "yours" ? "yours" : head == "server" ? "server" : word
        return LabActor(
            name: keys["name"].map { fields.text($0, "name") } ?? usual, kind: kind,
            to: keys["to"].map { fields.text($0, "to") }, line: fields.line(node))
    }

    private mutating func kind(_ head: String, _ keys: [String: Node]) -> LabActor.Kind? {
        let word = fields.text(keys[head], head)
        switch (head, word) {
        case ("server", "script"):
            return .scriptedServer(
                lines: fields.lines(keys["lines"], "lines"),
                isTogether: fields.truth(keys["together"], "together") ?? false,
                switches: fields.switches(keys["with"], "with"))
        case ("server", _): return .server(scenario: word, switches: fields.switches(keys["with"], "with"))
        case ("peer", _): return .peer(fault: word)
        case ("yours", "client"): return .yourClient
        case ("yours", "server"): return .yourServer
        case ("hand", _): return connection(word, keys).map { .hand($0) }
        case ("script", _):
            return connection(word, keys).map {
                .script(
                    $0, lines: fields.lines(keys["lines"], "lines"),
                    waits: fields.truth(keys["waits"], "waits") ?? false)
            }
        default:
            fields.fault(keys[head], "yours is client or server, not \"\(SafeText.escape(word))\"")
            return nil
        }
    }

    private mutating func connection(_ word: String, _ keys: [String: Node]) -> LabActor.Connection? {
        guard let kind = LabActor.Connection.Kind(rawValue: word) else {
            let node = keys["hand"] ?? keys["script"]
            fields.fault(node, "this is raw, client or http, not \"\(SafeText.escape(word))\"")
            return nil
        }
        var connection = LabActor.Connection(kind: kind)
        if let path = keys["path"] { connection.path = fields.text(path, "path") }
        if let opened = keys["opened"] {
            connection.isOpened = true
            connection.path = fields.text(opened, "opened")
        }
        connection.connects = fields.truth(keys["connect"], "connect") ?? true
        connection.origin = keys["origin"].map { fields.text($0, "origin") }
        connection.fields = fields.switches(keys["fields"], "fields")
        if let cookie = keys["cookie"] {
            connection.fields.append(LabSwitch(name: "Cookie", value: fields.text(cookie, "cookie")))
        }
        connection.subprotocols = fields.texts(keys["subprotocols"], "subprotocols")
        connection.compresses = fields.truth(keys["compression"], "compression") ?? false
        return connection
    }
}

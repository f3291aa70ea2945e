/// A place where a program begins to accept WebSocket connections.
struct SourceServer {
    let library: Library
    let part: SourceProgram.Part
    let bytes: Range<Int>
    let options: SourceOptions

    static func servers(in program: SourceProgram) -> [SourceServer] {
        program.all("new").compactMap { part, match in
            guard let name = match["CLASS"]?.text, let meaning = part.imports.meaning(of: name),
                ["ws.Server", "ws.WebSocketServer", "ws.WebSocket.Server"].contains(meaning)
            else { return nil }
            let options = SourceOptions(match.variables["ARGS"]?.first, in: part, program)
            return SourceServer(library: .ws, part: part, bytes: match.bytes, options: options)
        }
    }
}

/// What a server is told when it is made.
struct SourceOptions {
    struct Option {
        let text: String
        let bytes: Range<Int>
        let part: SourceProgram.Part
    }

    private(set) var values: [String: Option] = [:]
    /// Whether there may be more than is seen here.
    private(set) var isOpen = false

    subscript(name: String) -> Option? { values[name] }

    /// - Parameter argument: An object of JavaScript, or the name of one.
    init(_ argument: SourceMatch.Variable?, in part: SourceProgram.Part, _ program: SourceProgram) {
        guard let argument else { return }
        if argument.text.hasPrefix("{") {
            take(argument.bytes, in: part, program, depth: 0)
        } else {
            resolve(argument.text, program, depth: 0)
        }
        for (part, match) in program.all("assigned") {
            guard let key = match["KEY"], let value = match["VALUE"] else { continue }
            values[key.text] = values[key.text] ?? Option(text: value.text, bytes: value.bytes, part: part)
        }
    }

    private mutating func take(_ bytes: Range<Int>, in part: SourceProgram.Part, _ program: SourceProgram, depth: Int) {
        var end = 0
        for match in part.facts("option", in: bytes) where match.bytes.lowerBound >= end {
            guard let key = match["KEY"] else { continue }
            let value = match["VALUE"] ?? SourceMatch.Variable(text: match.text, bytes: match.bytes)
            // What is inside an option is not an option.
            end = value.bytes.upperBound
            let name = key.text.filter { !"\"'".contains($0) }
            values[name] = values[name] ?? Option(text: value.text, bytes: match.bytes, part: part)
        }
        for spread in part.facts("spread", in: bytes) { resolve(spread["NAME"]?.text ?? "", program, depth: depth) }
    }

    private mutating func resolve(_ name: String, _ program: SourceProgram, depth: Int) {
        let objects = program.all("object").filter { $1["NAME"]?.text == name }
        guard let (part, match) = objects.first, objects.count == 1, let value = match["VALUE"], depth < 4 else {
            isOpen = true
            return
        }
        take(value.bytes, in: part, program, depth: depth + 1)
    }
}

/// What a server or a client is told when it is made.
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

    /// - Parameter call: Where the server or the client is made.
    init(_ call: SourceMatch, of library: Library, in part: SourceProgram.Part, _ program: SourceProgram) {
        let arguments = call.variables["ARGS"] ?? []
        switch library {
        case .ws, .browser: if let first = arguments.first { takeObject(first, in: part, program) }
        case .websockets: for (index, argument) in arguments.enumerated() { takeWord(argument, index, part, program) }
        case .nio: take(call.bytes, in: part, program, depth: 0)
        case .gorilla, .urlSession: break
        }
        for (part, match) in program.all("assigned") {
            guard let key = match["KEY"], let value = match["VALUE"] else { continue }
            values[key.text] = values[key.text] ?? Option(text: value.text, bytes: value.bytes, part: part)
        }
    }

    // MARK: JavaScript

    /// - Parameter argument: An object, or the name of one.
    private mutating func takeObject(
        _ argument: SourceMatch.Variable, in part: SourceProgram.Part, _ program: SourceProgram
    ) {
        if argument.text.hasPrefix("{") {
            take(argument.bytes, in: part, program, depth: 0)
        } else {
            resolve(argument.text, program, depth: 0)
        }
    }

    private mutating func take(
        _ bytes: Range<Int>, in part: SourceProgram.Part, _ program: SourceProgram, depth: Int
    ) {
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

    // MARK: Python

    /// `name=value`, `**options`, or one of the first three by its place: handler, host, port.
    private mutating func takeWord(
        _ argument: SourceMatch.Variable, _ index: Int, _ part: SourceProgram.Part, _ program: SourceProgram
    ) {
        if argument.text.hasPrefix("**") {
            resolve(String(argument.text.dropFirst(2)), program, depth: 0)
        } else if let match = argument.text.prefixMatch(of: /(\w+)\s*=(?!=)\s*/) {
            let text = String(argument.text[match.range.upperBound...])
            values[String(match.1)] = Option(text: text, bytes: argument.bytes, part: part)
        } else if index == 1 {
            values["host"] = Option(text: argument.text, bytes: argument.bytes, part: part)
        } else if argument.text.hasPrefix("*") {
            isOpen = true
        }
    }
}

import Testing

@testable import Screen

struct PromptTests {
    private func typed(_ text: String, _ keys: [Key] = []) -> Prompt {
        var prompt = Prompt(.filter)
        for character in text { _ = prompt.type(.character(character)) }
        for key in keys { _ = prompt.type(key) }
        return prompt
    }

    @Test func aLineIsEditedAtTheCursor() {
        #expect(typed("abc", [.left, .left, .character("x")]).string == "axbc")
        #expect(typed("abc", [.home, .delete, .end, .backspace]).string == "b")
        #expect(typed("one two  ", [.control("w")]).string == "one ")
        #expect(typed("one two", [.left, .control("u")]).string == "o")
        #expect(typed("é日").cursor == 2)
    }

    @Test func escapeAndBackspaceOnNothingCancel() {
        var prompt = Prompt(.command)
        #expect(prompt.type(.backspace) == .cancelled)
        #expect(prompt.type(.escape) == .cancelled)
        #expect(prompt.type(.character("q")) == .editing)
        #expect(prompt.type(.enter) == .accepted)
    }

    nonisolated static let commands: [(String, Command)] = [
        ("q", .quit), ("quit", .quit), ("help", .help), ("filter opcode == ping", .filter("opcode == ping")),
        ("filter", .filter("")), ("goto 118", .goTo(118)), ("118", .goTo(118)), ("connection 2 ", .connection(2)),
        ("connection #2", .connection(2)),
    ]

    @Test(arguments: commands) func commandsAreUnderstood(_ line: String, _ command: Command) throws {
        #expect(try Command.parse(line) == command)
    }

    @Test(arguments: ["", "goto", "goto x", "connection -1", "connection 99999999999", "export"])
    func whatIsNoCommandIsExplained(_ line: String) {
        #expect(throws: Command.Fault.self) { try Command.parse(line) }
    }
}

import Foundation
import Testing
import Transport

struct ScenarioTests {
    /// A scenario is one file in the folder and one line in the list.
    @Test func listsEveryFileOfTheFolder() throws {
        let root = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/").dropFirst()
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(root)/Sources/Transport/Scenarios")
        let names = Set(files.map { $0.prefix { $0 != "." }.lowercased() }).subtracting(["scenario"])
        #expect(Set(Scenarios.all.map { $0.name }) == names)
    }

    @Test(arguments: ["echo", "chat", "resume", "ticker"])
    func isFoundByItsName(name: String) {
        #expect(Scenarios.named(name)?.name == name)
        #expect(Scenarios.named(name.uppercased()) == nil)
    }

    @Test func roomsHaveNames() {
        let chat = Chat()
        #expect(
            chat.serves("/chat/a") && chat.serves("/chat/a/b")
                && chat.serves("/chat/" + String(repeating: "x", count: 64)))
        #expect(
            !chat.serves("/chat") && !chat.serves("/chat/")
                && !chat.serves("/chat/" + String(repeating: "x", count: 65)))
    }
}

import Foundation
import PackagePlugin

/// Embeds what people write, `quizzes/` and `Lessons/`, in the program, so that moving the binary changes nothing.
/// A folder that is missing or empty gives an empty list.
@main
struct IndexPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let tool = try context.tool(named: "Index").url
        return [("quizzes", "yaml", "Quizzes"), ("Lessons", "md", "Lessons")].map { folder, ending, name in
            let files = IndexPlugin.files(in: context.package.directoryURL.appending(path: folder), ending: ending)
            let output = context.pluginWorkDirectoryURL.appending(path: "Embedded\(name).swift")
            return .buildCommand(
                displayName: "Embedding \(folder)/", executable: tool,
                arguments: [name, output.path(percentEncoded: false)] + files.map { $0.path(percentEncoded: false) },
                inputFiles: files, outputFiles: [output])
        }
    }

    private static func files(in folder: URL, ending: String) -> [URL] {
        let all = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return all.filter { $0.pathExtension == ending && !$0.lastPathComponent.hasPrefix(".") }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}

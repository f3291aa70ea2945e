import Foundation
import Tutor

/// Where imported questions are kept: a file of the bank for each topic.
enum ImportPlace {
    static func path(topic: String) -> String {
        ProgressPlace.quizzes(environment: ProcessInfo.processInfo.environment) + "/\(topic).yaml"
    }

    /// What was imported before; none where there is no such file.
    static func items(_ path: String) throws -> [QuizItem] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try QuizBank.topic(file: path).items
    }

    static func write(_ yaml: String, to path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        do {
            if !folder.isEmpty {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
        } catch {
            throw Failure("cannot make \(folder): \((error as NSError).localizedDescription)")
        }
        try WholeFile.write(yaml, to: path)
    }
}

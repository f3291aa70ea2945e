import Foundation
import Lint
import Wire

/// The written questions, the interview and the catalogue.
///
/// What is built in is read file by file when it is first needed: a quiz on one topic reads one.
package final class QuizBank: Sendable {
    private let entries: [Entry]

    /// A file that holds a topic.
    private struct Entry: Sendable {
        let name: String
        let load: @Sendable () throws(ContentError) -> Tree
        let file: String
    }

    /// The bank that is built in.
    package static let embedded = QuizBank(
        EmbeddedQuizzes.files.map { name, content in
            Entry(name: stem(name), load: { () throws(ContentError) in PackedReader.read(content) }, file: name)
        })

    private init(_ entries: [Entry]) { self.entries = entries }

    /// A bank in a folder, for its authors. What a folder lacks of catalogue and interview is taken from what is built
    /// in.
    package convenience init(folder: String) throws(ContentError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw ContentError(
                file: SafeText.escape(folder), at: .none,
                "cannot read this folder: \((error as NSError).localizedDescription)")
        }
        let own = names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted().map { name in
            QuizBank.entry(path: folder + "/" + name)
        }
        guard own.contains(where: { !QuizBank.isShared($0.name) }) else {
            throw ContentError(file: SafeText.escape(folder), at: .none, "there is no quiz (*.yaml) in this folder")
        }
        let shared = QuizBank.embedded.entries.filter { entry in
            QuizBank.isShared(entry.name) && !own.contains { $0.name == entry.name }
        }
        self.init(own + shared)
    }

    /// The same bank with files of the learner's own behind it; a folder that is missing adds nothing.
    package func adding(folder: String) -> QuizBank {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let own = names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
        return own.isEmpty ? self : QuizBank(entries + own.map { QuizBank.entry(path: folder + "/" + $0) })
    }

    private static func entry(path: String) -> Entry {
        Entry(
            name: stem((path as NSString).lastPathComponent),
            load: { () throws(ContentError) in try YAMLReader.read(try bytes(of: path), file: path) }, file: path)
    }

    /// The topic in one file.
    package static func topic(file: String) throws(ContentError) -> QuizTopic {
        try QuizReader.read(try YAMLReader.read(try bytes(of: file), file: file), file: file).topic
    }

    static func bytes(of path: String) throws(ContentError) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw ContentError(
                file: SafeText.escape(path), at: .none, "cannot read it: \((error as NSError).localizedDescription)")
        }
    }

    /// "03-handshake.yaml" → "handshake".
    static func stem(_ file: String) -> String {
        let stem = file.hasSuffix(".yaml") ? file.dropLast(5) : file[...]
        return String(stem.drop { $0.isNumber }.drop { $0 == "-" })
    }

    private static func isShared(_ name: String) -> Bool { name == "catalogue" || name == "interview" }
}

extension QuizBank {
    /// The names of the topics, in their order.
    package var topicNames: [String] { entries.map(\.name).filter { !QuizBank.isShared($0) } }

    /// The files behind it, with their paths where they were read from a folder.
    var fileNames: [String] { entries.map(\.file) }

    /// One topic; nil where there is none of that name.
    package func topic(_ name: String) throws(ContentError) -> QuizTopic? {
        guard let entry = entries.first(where: { $0.name == name && !QuizBank.isShared(name) }) else { return nil }
        return try QuizReader.read(try entry.load(), file: entry.file).topic
    }

    /// All topics.
    package func topics() throws(ContentError) -> [QuizTopic] {
        var topics: [QuizTopic] = []
        for name in topicNames { if let topic = try topic(name) { topics.append(topic) } }
        return topics
    }

    package func catalogue() throws(ContentError) -> Catalogue {
        guard let entry = entries.first(where: { $0.name == "catalogue" }) else { return .empty }
        return try Catalogue.read(try entry.load(), file: entry.file)
    }

    /// The tree of the interview's file.
    func interviewTree() throws(ContentError) -> (tree: Tree, file: String)? {
        guard let entry = entries.first(where: { $0.name == "interview" }) else { return nil }
        return (try entry.load(), entry.file)
    }

    /// What a person may have meant who asked for a topic that does not exist.
    package func closest(to name: String) -> String? { Closest.to(name, in: topicNames) }
}

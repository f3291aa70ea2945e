import ArgumentParser
import Foundation
import Tutor

struct QuizCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check quizzes for their authors: schema, explanations, proofs, ids, balance.",
        discussion: """
            ws101 quiz check quizzes           a whole bank, with its coverage
            ws101 quiz check my.yaml           one file

            Every fault with file, line and column. Exit status 1 where there is one.
            """)

    @Argument(help: "A file, or a folder with a whole bank.")
    var path: String

    @Option(help: "The text of RFC 6455, to look up quotations in.")
    var rfc: String?

    @Option(help: "Write the table of coverage to this file; for a folder.")
    var table: String?

    func run() throws {
        let text = try rfc.map { RFCText(String(decoding: try InputFile.read($0), as: UTF8.self)) }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Failure("there is no \(path)", status: Failure.wrongUse)
        }
        let check = isFolder.boolValue ? try QuizCheck(folder: path, rfc: text) : QuizCheck(file: path, rfc: text)
        if let table, let coverage = check.table { try WholeFile.write(coverage, to: table) }
        for fault in check.faults { Output.answer("\(fault)") }
        let quotes = text == nil ? "; quotations were not looked up, which --rfc FILE does" : ""
        Output.answer(
            "\(check.items) items, \(check.proofs) proof lines, \(check.faults.count == 1 ? "1 fault" : "\(check.faults.count) faults")\(quotes)"
        )
        if !check.faults.isEmpty { throw ExitCode(Failure.failedCheck) }
    }
}

struct QuizExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the questions for Anki, Moodle and others.",
        discussion: """
            ws101 quiz export --format anki -o websockets.txt     tab-separated, for Anki's import
            ws101 quiz export --format gift -o websockets.gift    for Moodle
            ws101 quiz export --format qti -o websockets.zip      QTI 2.1, for learning platforms
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument { case anki, gift, qti }

    @Argument(help: "A topic; left out, all of them.")
    var topic: String?

    @Option(help: "anki, gift or qti.")
    var format: Format

    @Option(name: .shortAndLong, help: "The file; left out, standard output.")
    var output: String?

    @OptionGroup var options: StudyOptions

    func run() throws {
        let topics = try chosen(try options.bank())
        let bytes: [UInt8] =
            switch format {
            case .anki: Array(AnkiExport.text(topics).utf8)
            case .gift: Array(GIFTExport.text(topics).utf8)
            case .qti: QTIExport.package(topics)
            }
        guard let output else {
            if format == .qti, isatty(STDOUT_FILENO) == 1 {
                throw Failure(
                    "a zip archive is nothing for a terminal", next: "Give a file: -o websockets.zip",
                    status: Failure.wrongUse)
            }
            return Output.write(bytes, to: STDOUT_FILENO)
        }
        try WholeFile.write(bytes, to: output)
        Output.answer("\(topics.reduce(0) { $0 + $1.items.count }) questions in \(output)")
    }

    private func chosen(_ bank: QuizBank) throws -> [QuizTopic] {
        guard let topic else { return try bank.topics() }
        guard let found = try bank.topic(topic) else {
            throw Study.UnknownTopic(name: topic, closest: bank.closest(to: topic), known: bank.topicNames)
        }
        return [found]
    }
}

struct QuizImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take questions from a GIFT file or from tab-separated text.",
        discussion: """
            They become a topic of your own, asked by ws101 quiz NAME and reviewed like the others. What is there already
            stays as it is.
            """)

    @Argument(help: "A file: .gift, or .tsv or .txt with a question and an answer in each line.")
    var file: String

    @Option(help: "The name of the topic; left out, the file's.")
    var topic: String?

    @Option(help: "Write the YAML to this file instead of to your topics.")
    var output: String?

    func run() throws {
        let text = String(decoding: try InputFile.read(file), as: UTF8.self)
        let name = try self.name()
        let place = output ?? ImportPlace.path(topic: name)
        let known = try ImportPlace.items(place)
        let quiz =
            file.lowercased().hasSuffix(".gift")
            ? GIFTImport.read(text, prefix: name, known: known) : TSVImport.read(text, prefix: name, known: known)
        for skipped in quiz.skipped { Output.diagnostic("ws101: \(file): \(skipped); it was left out") }
        if !quiz.items.isEmpty {
            try ImportPlace.write(ImportedQuiz.yaml(topic: name, title: name, items: known + quiz.items), to: place)
        }
        let duplicates = quiz.duplicates == 0 ? "" : ", \(quiz.duplicates) were there already and stay as they are"
        let skipped = quiz.skipped.isEmpty ? "" : ", \(quiz.skipped.count) could not be read"
        Output.answer("\(quiz.items.count) questions added to the topic \(name)\(duplicates)\(skipped)")
        if quiz.items.isEmpty, quiz.duplicates == 0 { throw ExitCode(Failure.couldNot) }
    }

    private func name() throws -> String {
        let file = ((self.file as NSString).lastPathComponent as NSString).deletingPathExtension
        let words = (topic ?? file).lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        let name = words.isEmpty ? "imported" : words.joined(separator: "-")
        guard QuizBank.embedded.topicNames.contains(name) || name == AllGenerators.topicName else { return name }
        guard topic == nil else {
            throw Failure("\(name) is a topic of ws101 itself", next: "Choose another name.", status: Failure.wrongUse)
        }
        return "my-\(name)"
    }
}

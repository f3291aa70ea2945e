import Foundation

/// Checks quizzes as their authors need it: schema, explanations, proofs by our codec, references, ids, balance.
package struct QuizCheck {
    /// Where an item stands.
    struct Checked {
        let file: String
        let read: QuizReader.Read
    }

    package private(set) var faults: [QuizFault] = []
    /// How many items were looked at.
    package private(set) var items = 0
    /// Lines that were recomputed, and quotations that were found.
    package private(set) var proofs = 0
    /// For the table of coverage; nil where a single file was checked.
    package private(set) var table: String?

    /// Checks one file, with the catalogue beside it or else the built-in one.
    package init(file: String, rfc: RFCText?) {
        let folder = (file as NSString).deletingLastPathComponent
        let beside = (folder.isEmpty ? "." : folder) + "/catalogue.yaml"
        let catalogue = FileManager.default.fileExists(atPath: beside) ? beside : nil
        check([file], catalogue: catalogue, rfc: rfc, isWhole: false)
    }

    /// Checks a whole bank: also what only shows over all files, such as coverage and balance.
    package init(folder: String, rfc: RFCText?) throws(ContentError) {
        let bank = try QuizBank(folder: folder)
        let files = bank.fileNames.filter {
            $0.hasPrefix(folder) && !$0.hasSuffix("/catalogue.yaml") && !$0.hasSuffix("/interview.yaml")
        }
        check(files, catalogue: folder + "/catalogue.yaml", rfc: rfc, isWhole: true)
        do throws(ContentError) {
            let book = try bank.interview()
            let catalogue = try bank.catalogue()
            faults += InterviewCheck(catalogue: catalogue).faults(book, file: folder + "/interview.yaml")
            let all = try bank.topics()
            let coverage = Coverage(topics: all, catalogue: catalogue, book: book)
            faults += coverage.faults.map { QuizFault(file: folder, line: 0, column: 0, id: "", what: $0) }
            table = coverage.table
        } catch {
            note(error)
        }
    }

    private mutating func note(_ error: ContentError) {
        let fault = QuizFault(file: error.file, line: error.line, column: error.column, id: "", what: error.what)
        if !faults.contains(fault) { faults.append(fault) }
    }

    private mutating func check(_ files: [String], catalogue path: String?, rfc: RFCText?, isWhole: Bool) {
        var checked: [Checked] = []
        var catalogue = Catalogue.empty
        do throws(ContentError) {
            if let path {
                catalogue = try Catalogue.read(
                    try YAMLReader.read(try QuizBank.bytes(of: path), file: path), file: path)
            } else {
                catalogue = try QuizBank.embedded.catalogue()
            }
        } catch {
            note(error)
        }
        for file in files {
            do throws(ContentError) {
                let bytes = try QuizBank.bytes(of: file)
                faults += QuizCheck.lines(bytes, file)
                checked.append(
                    Checked(file: file, read: try QuizReader.read(try YAMLReader.read(bytes, file: file), file: file)))
            } catch {
                note(error)
            }
        }
        let check = ItemCheck(catalogue: catalogue, rfc: rfc)
        for entry in checked {
            items += entry.read.topic.items.count
            for item in entry.read.topic.items {
                proofs += item.proof.count
                let place = entry.read.places[item.id] ?? .none
                faults += check.faults(item, keys: entry.read.keys[item.id] ?? []).map {
                    QuizFault(file: entry.file, line: place.line, column: place.column, id: item.id, what: $0)
                }
            }
        }
        faults += QuizCheck.siblings(checked, isWhole: isWhole) + QuizCheck.lostIDs(checked)
        faults.sort { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
    }

    private static func lines(_ bytes: [UInt8], _ file: String) -> [QuizFault] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .flatMap {
                number, line in
                var faults: [QuizFault] = []
                if line.hasSuffix(" ") || line.contains("\t") || line.hasSuffix("\r") {
                    faults.append(
                        QuizFault(file: file, line: number + 1, column: 1, id: "", what: "trailing blanks or a tab"))
                }
                if line.count > 120 {
                    faults.append(
                        QuizFault(file: file, line: number + 1, column: 121, id: "", what: "more than 120 columns"))
                }
                return faults
            }
    }

    /// Variants name each other, and no question is there twice.
    private static func siblings(_ checked: [Checked], isWhole: Bool) -> [QuizFault] {
        var faults: [QuizFault] = []
        var all: [String: QuizItem] = [:]
        var questions: [String: String] = [:]
        for entry in checked {
            for item in entry.read.topic.items {
                let place = entry.read.places[item.id] ?? .none
                func fault(_ what: String) -> QuizFault {
                    QuizFault(file: entry.file, line: place.line, column: place.column, id: item.id, what: what)
                }
                if all.updateValue(item, forKey: item.id) != nil { faults.append(fault("this id is there twice")) }
                let key = [item.question, item.context ?? "", item.bytes ?? ""].joined(separator: "\u{1}")
                if let other = questions.updateValue(item.id, forKey: key) {
                    faults.append(fault("the same question as \(other)"))
                }
            }
        }
        for entry in checked where isWhole {
            for item in entry.read.topic.items {
                guard let variant = item.variant, all[variant]?.variant != item.id else { continue }
                let place = entry.read.places[item.id] ?? .none
                faults.append(
                    QuizFault(
                        file: entry.file, line: place.line, column: place.column, id: item.id,
                        what: "\(variant) does not name it as its variant"))
            }
        }
        return faults
    }

    /// Answers are kept under an id: a topic that is built in must keep those it has.
    private static func lostIDs(_ checked: [Checked]) -> [QuizFault] {
        checked.flatMap { entry -> [QuizFault] in
            guard let published = try? QuizBank.embedded.topic(entry.read.topic.name) else { return [] }
            let now = Set(entry.read.topic.items.map(\.id))
            return published.items.filter { !now.contains($0.id) }.map {
                QuizFault(
                    file: entry.file, line: 1, column: 1, id: $0.id,
                    what: "this id is gone; answers are kept under it, so an id stays for good")
            }
        }
    }
}

package import Foundation
import GRDB

/// Export and import.
extension ProgressStore {
    /// What an import has changed.
    package struct Imported: Hashable, Sendable {
        package fileprivate(set) var answers = 0
        package fileprivate(set) var steps = 0
        package fileprivate(set) var interviews = 0
        /// Were here already.
        package fileprivate(set) var known = 0
    }

    /// All of it, as JSON.
    package func exported() throws(ProgressError) -> Data {
        try read { database in
            let file = ProgressFile(
                format: ProgressFile.format, version: ProgressFile.version,
                answers: try ProgressStore.answers(database),
                steps: try Row.fetchAll(database, sql: "SELECT * FROM step ORDER BY time, id").map {
                    ProgressFile.Step(step: ProgressStore.step($0), time: $0["time"])
                },
                interviews: try Row.fetchAll(database, sql: "SELECT * FROM interview ORDER BY started, id").map {
                    ProgressFile.Interview(
                        id: $0["id"], started: $0["started"], level: $0["level"], minutes: $0["minutes"],
                        state: $0["state"], finished: $0["finished"], report: $0["report"])
                },
                interviewDay: try String.fetchOne(
                    database, sql: "SELECT value FROM setting WHERE name = 'interview-day'"
                ).flatMap(Int.init))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(file)
        }
    }

    /// Adds what an export holds. What is here already stays: an answer twice is one answer, of a step the newer wins.
    package func importing(_ json: Data) throws(ProgressError) -> Imported {
        let file: ProgressFile
        do {
            file = try JSONDecoder().decode(ProgressFile.self, from: json)
        } catch {
            throw ProgressError(
                .badImport, "this is no export of ws101's progress: \(ProgressStore.fault(error))",
                advice: "Nothing was changed. ws101 progress export writes one.")
        }
        guard file.format == ProgressFile.format, file.version <= ProgressFile.version else {
            throw ProgressError(
                .badImport, "this export has version \(file.version), and this ws101 reads \(ProgressFile.version)",
                advice: "Nothing was changed. Use the newer ws101.")
        }
        return try write { database in
            var imported = Imported()
            try ProgressStore.add(file.answers, to: &imported, database)
            try ProgressStore.add(file.steps, to: &imported, database)
            try ProgressStore.add(file.interviews, to: &imported, database)
            if let day = file.interviewDay {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO setting (name, value) VALUES ('interview-day', ?)",
                    arguments: ["\(day)"])
            }
            return imported
        }
    }

    private static func fault(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "it cannot be read" }
        switch error {
        case .keyNotFound(let key, _): return "it lacks \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(context.codingPath.map(\.stringValue).joined(separator: ".")) has another form"
        case .dataCorrupted: return "it is no JSON"
        @unknown default: return "it cannot be read"
        }
    }

    private static func answers(_ database: Database) throws -> [ProgressFile.Answer] {
        var beliefs: [Int64: [ProgressFile.Belief]] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT * FROM belief ORDER BY rowid") {
            beliefs[row["answer"], default: []].append(
                ProgressFile.Belief(misconception: row["misconception"], held: row["held"]))
        }
        var concepts: [Int64: [String]] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT answer, card FROM answer_card WHERE kind = 'concept'") {
            concepts[row["answer"], default: []].append(row["card"])
        }
        return try Row.fetchAll(database, sql: "SELECT * FROM answer ORDER BY id").map { row in
            ProgressFile.Answer(
                uid: row["uid"], kind: row["kind"], item: row["item"], concepts: concepts[row["id"]] ?? [],
                seed: row["seed"], mode: row["mode"], time: row["time"], day: row["day"], score: row["score"],
                right: row["right"], confidence: row["confidence"], hints: row["hints"], duration: row["duration"],
                grade: row["grade"], given: row["given"], undone: row["undone"], beliefs: beliefs[row["id"]] ?? [])
        }
    }

    private static func add(
        _ answers: [ProgressFile.Answer], to imported: inout Imported, _ database: Database
    ) throws {
        var touched: Set<Card.Key> = []
        for answer in answers {
            guard let record = AnswerRecord(answer) else { continue }
            guard try insert(record, database) else {
                imported.known += 1
                continue
            }
            if answer.undone {
                try database.execute(sql: "UPDATE answer SET undone = 1 WHERE uid = ?", arguments: [answer.uid])
            }
            touched.formUnion(record.cards)
            imported.answers += 1
        }
        for key in touched { try replay(key, database) }
    }

    private static func add(_ steps: [ProgressFile.Step], to imported: inout Imported, _ database: Database) throws {
        for entry in steps {
            let known = try Int64.fetchOne(
                database, sql: "SELECT time FROM step WHERE id = ?", arguments: [entry.step.id])
            guard known.map({ $0 < entry.time }) ?? true else {
                imported.known += 1
                continue
            }
            try save(entry.step, milliseconds: entry.time, database)
            imported.steps += 1
        }
    }

    private static func add(
        _ interviews: [ProgressFile.Interview], to imported: inout Imported, _ database: Database
    ) throws {
        for entry in interviews {
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO interview (id, started, level, minutes, state, finished, report)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    entry.id, entry.started, entry.level, entry.minutes, entry.state, entry.finished, entry.report,
                ])
            if database.changesCount > 0 { imported.interviews += 1 } else { imported.known += 1 }
        }
    }
}

extension AnswerRecord {
    fileprivate init?(_ answer: ProgressFile.Answer) {
        guard let kind = Card.Kind(rawValue: answer.kind), let mode = Mode(rawValue: answer.mode),
            let grade = Grade(rawValue: answer.grade)
        else { return nil }
        self.init(
            uid: answer.uid, card: Card.Key(kind, answer.item), concepts: answer.concepts,
            seed: answer.seed.map { UInt64(bitPattern: $0) }, mode: mode, time: .init(milliseconds: answer.time),
            day: answer.day, score: answer.score, isRight: answer.right,
            confidence: answer.confidence.flatMap(Confidence.init), hints: answer.hints, milliseconds: answer.duration,
            grade: grade, given: answer.given,
            beliefs: answer.beliefs.map { Belief(misconception: $0.misconception, isHeld: $0.held) })
    }
}

package import Connection
import GRDB

extension ProgressStore {
    /// Keeps an answer and reviews its cards, in one transaction; an answer whose uid is known replaces nothing.
    /// - Returns: Whether it is new.
    @discardableResult
    package func record(_ answer: AnswerRecord) throws(ProgressError) -> Bool {
        try write { database in
            guard try ProgressStore.insert(answer, database) else { return false }
            for key in answer.cards {
                let card = try ProgressStore.card(key, database)
                try ProgressStore.save(
                    Card.reviewed(card, answer.grade, on: answer.day, by: FSRS()), as: key, database)
            }
            return true
        }
    }

    /// Takes an answer back: it stays in the log but counts no more, and its cards are computed again without it.
    /// - Returns: False where there is no such answer.
    @discardableResult
    package func undo(answer uid: String) throws(ProgressError) -> Bool {
        try write { database in
            guard let id = try Int64.fetchOne(database, sql: "SELECT id FROM answer WHERE uid = ?", arguments: [uid])
            else { return false }
            try database.execute(sql: "UPDATE answer SET undone = 1 WHERE id = ?", arguments: [id])
            for key in try ProgressStore.cards(of: id, database) { try ProgressStore.replay(key, database) }
            return true
        }
    }

    /// Replaces the grade of an answer; the cards are computed again.
    package func regrade(answer uid: String, _ grade: Grade) throws(ProgressError) {
        try write { database in
            guard let id = try Int64.fetchOne(database, sql: "SELECT id FROM answer WHERE uid = ?", arguments: [uid])
            else { return }
            try database.execute(sql: "UPDATE answer SET grade = ? WHERE id = ?", arguments: [grade.rawValue, id])
            for key in try ProgressStore.cards(of: id, database) { try ProgressStore.replay(key, database) }
        }
    }

    /// All cards there are.
    package func cards() throws(ProgressError) -> [Card.Key: Card] {
        try read { database in
            var cards: [Card.Key: Card] = [:]
            let rows = try Row.fetchCursor(
                database, sql: "SELECT kind, id, stability, difficulty, day, reviews, lapses FROM card")
            while let row = try rows.next() {
                guard let kind = Card.Kind(rawValue: row["kind"]) else { continue }
                cards[Card.Key(kind, row["id"])] = ProgressStore.card(row)
            }
            return cards
        }
    }

    /// The time of the last answer; nil where there is none. Later than now where the clock was set back.
    package func lastAnswer() throws(ProgressError) -> Timestamp? {
        try read { database in
            try Int64.fetchOne(database, sql: "SELECT time FROM answer ORDER BY id DESC LIMIT 1")
                .map(Timestamp.init(milliseconds:))
        }
    }
}

/// The pieces, each inside a transaction.
extension ProgressStore {
    static func insert(_ answer: AnswerRecord, _ database: Database) throws -> Bool {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO answer
                (uid, kind, item, seed, mode, time, day, score, right, confidence, hints, duration, grade, given)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                answer.uid, answer.card.kind.rawValue, answer.card.id, answer.seed.map { Int64(bitPattern: $0) },
                answer.mode.rawValue, answer.time.milliseconds, answer.day, answer.score, answer.isRight,
                answer.confidence?.rawValue, answer.hints, answer.milliseconds, answer.grade.rawValue, answer.given,
            ])
        guard database.changesCount > 0 else { return false }
        let id = database.lastInsertedRowID
        for belief in answer.beliefs {
            try database.execute(
                sql: "INSERT INTO belief (answer, misconception, held) VALUES (?, ?, ?)",
                arguments: [id, belief.misconception, belief.isHeld])
        }
        for key in Set(answer.cards) {
            try database.execute(
                sql: "INSERT INTO answer_card (kind, card, answer) VALUES (?, ?, ?)",
                arguments: [key.kind.rawValue, key.id, id])
        }
        return true
    }

    static func cards(of answer: Int64, _ database: Database) throws -> [Card.Key] {
        try Row.fetchAll(database, sql: "SELECT kind, card FROM answer_card WHERE answer = ?", arguments: [answer])
            .compactMap { row in Card.Kind(rawValue: row["kind"]).map { Card.Key($0, row["card"]) } }
    }

    static func card(_ key: Card.Key, _ database: Database) throws -> Card? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM card WHERE kind = ? AND id = ?", arguments: [key.kind.rawValue, key.id]
        ).map(card)
    }

    static func card(_ row: Row) -> Card {
        Card(
            memory: Memory(stability: row["stability"], difficulty: row["difficulty"]), lastDay: row["day"],
            reviews: row["reviews"], lapses: row["lapses"])
    }

    static func save(_ card: Card?, as key: Card.Key, _ database: Database) throws {
        guard let card else {
            try database.execute(
                sql: "DELETE FROM card WHERE kind = ? AND id = ?", arguments: [key.kind.rawValue, key.id])
            return
        }
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO card (kind, id, algorithm, stability, difficulty, day, reviews, lapses)
                VALUES (?, ?, 'FSRS-6', ?, ?, ?, ?, ?)
                """,
            arguments: [
                key.kind.rawValue, key.id, card.memory.stability, card.memory.difficulty, card.lastDay, card.reviews,
                card.lapses,
            ])
    }

    /// Computes a card from the log.
    static func replay(_ key: Card.Key, _ database: Database) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT answer.grade, answer.day FROM answer_card JOIN answer ON answer.id = answer_card.answer
                WHERE answer_card.kind = ? AND answer_card.card = ? AND NOT answer.undone
                ORDER BY answer.time, answer.id
                """,
            arguments: [key.kind.rawValue, key.id])
        let model = FSRS()
        var card: Card?
        while let row = try rows.next() {
            card = Card.reviewed(card, Grade(rawValue: row["grade"]) ?? .again, on: row["day"], by: model)
        }
        try save(card, as: key, database)
    }
}

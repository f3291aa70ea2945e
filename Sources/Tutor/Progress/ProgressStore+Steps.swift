package import Connection
import GRDB

/// Steps of lessons.
extension ProgressStore {
    /// Keeps how far a step has come; what was known of it is replaced, but a step that is done stays done.
    package func save(_ step: StepRecord, at time: Timestamp) throws(ProgressError) {
        try write { try ProgressStore.save(step, milliseconds: time.milliseconds, $0) }
    }

    /// Forgets a step, as if it had never been begun: reset.
    package func resetStep(_ id: String) throws(ProgressError) {
        try write { try $0.execute(sql: "DELETE FROM step WHERE id = ?", arguments: [id]) }
    }

    /// All steps that were begun, by id.
    package func steps() throws(ProgressError) -> [String: StepRecord] {
        try read { database in
            let steps = try Row.fetchAll(database, sql: "SELECT * FROM step").map(ProgressStore.step)
            return Dictionary(steps.map { ($0.id, $0) }) { first, _ in first }
        }
    }

    /// The step that was worked on last; nil where there is none.
    package func latestStep() throws(ProgressError) -> StepRecord? {
        try read { try Row.fetchOne($0, sql: "SELECT * FROM step ORDER BY time DESC LIMIT 1").map(ProgressStore.step) }
    }

    static func save(_ step: StepRecord, milliseconds: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO step (id, status, prediction, attempts, hints, draft, time) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                status = CASE WHEN step.status = 'done' THEN 'done' ELSE excluded.status END,
                prediction = excluded.prediction, attempts = excluded.attempts, hints = excluded.hints,
                draft = excluded.draft, time = excluded.time
                """,
            arguments: [
                step.id, step.status.rawValue, step.prediction, step.attempts, step.hints, step.draft, milliseconds,
            ])
    }

    static func step(_ row: Row) -> StepRecord {
        StepRecord(
            id: row["id"], status: StepRecord.Status(rawValue: row["status"]) ?? .begun, prediction: row["prediction"],
            attempts: row["attempts"], hints: row["hints"], draft: row["draft"])
    }
}

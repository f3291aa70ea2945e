import Connection
import GRDB

/// Interviews.
extension ProgressStore {
    /// Keeps an interview; what was known of it is replaced.
    package func save(_ interview: InterviewRecord) throws(ProgressError) {
        try write { try ProgressStore.save(interview, $0) }
    }

    /// The newest interview that was begun and not finished.
    package func unfinishedInterview() throws(ProgressError) -> InterviewRecord? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM interview WHERE finished IS NULL ORDER BY started DESC LIMIT 1"
            ).map(ProgressStore.interview)
        }
    }

    /// Those that are over, the newest first.
    package func finishedInterviews() throws(ProgressError) -> [InterviewRecord] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM interview WHERE report IS NOT NULL ORDER BY finished DESC"
            ).map(ProgressStore.interview)
        }
    }

    static func save(_ interview: InterviewRecord, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO interview (id, started, level, minutes, state, finished, report)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                interview.id, interview.started.milliseconds, interview.level, interview.minutes, interview.state,
                interview.finished?.milliseconds, interview.report,
            ])
    }

    static func interview(_ row: Row) -> InterviewRecord {
        InterviewRecord(
            id: row["id"], started: Timestamp(milliseconds: row["started"]), level: row["level"],
            minutes: row["minutes"], state: row["state"],
            finished: (row["finished"] as Int64?).map(Timestamp.init(milliseconds:)), report: row["report"])
    }
}

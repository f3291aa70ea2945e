import GRDB

/// What the learner has set.
extension ProgressStore {
    /// The learner's day of the interview, see `LearnerCalendar`; nil where none is set.
    package func interviewDay() throws(ProgressError) -> Int? {
        try read { database in
            try String.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'interview-day'").flatMap(
                Int.init)
        }
    }

    package func setInterviewDay(_ day: Int?) throws(ProgressError) {
        try write { database in
            guard let day else { return try database.execute(sql: "DELETE FROM setting WHERE name = 'interview-day'") }
            try database.execute(
                sql: "INSERT OR REPLACE INTO setting (name, value) VALUES ('interview-day', ?)", arguments: ["\(day)"])
        }
    }
}

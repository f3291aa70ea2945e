import GRDB

/// Figures for the report.
extension ProgressStore {
    struct Counts {
        var answers = 0
        var right = 0
        var daysPractised = 0
        /// By day: all answers and right ones.
        var days: [Int: (answers: Int, right: Int)] = [:]
        /// Misconceptions that the last answer about each showed.
        var held: Set<String> = []
        /// Of each question of the interview the last score.
        var rubric: [String: Double] = [:]
    }

    func counts() throws(ProgressError) -> Counts {
        try read { database in
            var counts = Counts()
            let days = try Row.fetchCursor(
                database,
                sql: "SELECT day, COUNT(*), SUM(right) FROM answer WHERE NOT undone GROUP BY day")
            while let row = try days.next() {
                let (answers, right): (Int, Int) = (row[1], row[2])
                counts.days[row[0]] = (answers, right)
                counts.answers += answers
                counts.right += right
                counts.daysPractised += 1
            }
            counts.held = Set(
                try String.fetchAll(
                    database,
                    sql: """
                        SELECT misconception FROM (
                            SELECT misconception, held, MAX(answer) FROM belief
                            WHERE answer NOT IN (SELECT id FROM answer WHERE undone) GROUP BY misconception)
                        WHERE held
                        """))
            for row in try Row.fetchAll(
                database,
                sql: "SELECT item, score, MAX(id) FROM answer WHERE kind = 'question' AND NOT undone GROUP BY item")
            {
                counts.rubric[row["item"]] = row["score"]
            }
            return counts
        }
    }
}

import GRDB

/// The versions of the database. A version that was published is never changed: a new one is added below it.
enum Migrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try answers(database)
            try cards(database)
            try steps(database)
            try interviews(database)
        }
        return migrator
    }

    /// The log of all answers, from which the cards can be computed again. Nothing is ever deleted from it.
    private static func answers(_ database: Database) throws {
        try database.create(table: "answer") { table in
            table.autoIncrementedPrimaryKey("id")
            table.column("uid", .text).notNull().unique()
            table.column("kind", .text).notNull()
            table.column("item", .text).notNull()
            table.column("seed", .integer)
            table.column("mode", .text).notNull()
            table.column("time", .integer).notNull()
            table.column("day", .integer).notNull()
            table.column("score", .double).notNull()
            table.column("right", .boolean).notNull()
            table.column("confidence", .integer)
            table.column("hints", .integer).notNull()
            table.column("duration", .integer).notNull()
            table.column("grade", .integer).notNull()
            table.column("given", .text).notNull()
            table.column("undone", .boolean).notNull().defaults(to: false)
        }
        try database.create(index: "answer_day", on: "answer", columns: ["day", "right", "undone"])
        try database.create(index: "answer_item", on: "answer", columns: ["item"])
        try database.create(table: "belief") { table in
            table.column("answer", .integer).notNull().references("answer")
            table.column("misconception", .text).notNull()
            table.column("held", .boolean).notNull()
        }
        try database.create(index: "belief_misconception", on: "belief", columns: ["misconception", "answer"])
        try database.create(index: "belief_answer", on: "belief", columns: ["answer"])
    }

    private static func cards(_ database: Database) throws {
        try database.create(table: "answer_card", options: .withoutRowID) { table in
            table.column("kind", .text).notNull()
            table.column("card", .text).notNull()
            table.column("answer", .integer).notNull().references("answer")
            table.primaryKey(["kind", "card", "answer"])
        }
        try database.create(index: "answer_card_answer", on: "answer_card", columns: ["answer"])
        try database.create(table: "card", options: .withoutRowID) { table in
            table.column("kind", .text).notNull()
            table.column("id", .text).notNull()
            table.column("algorithm", .text).notNull()
            table.column("stability", .double).notNull()
            table.column("difficulty", .double).notNull()
            table.column("day", .integer).notNull()
            table.column("reviews", .integer).notNull()
            table.column("lapses", .integer).notNull()
            table.primaryKey(["kind", "id"])
        }
        try database.create(table: "setting", options: .withoutRowID) { table in
            table.primaryKey("name", .text)
            table.column("value", .text).notNull()
        }
    }

    private static func steps(_ database: Database) throws {
        try database.create(table: "step", options: .withoutRowID) { table in
            table.primaryKey("id", .text)
            table.column("status", .text).notNull()
            table.column("prediction", .text)
            table.column("attempts", .integer).notNull()
            table.column("hints", .integer).notNull()
            table.column("draft", .text)
            table.column("time", .integer).notNull()
        }
    }

    private static func interviews(_ database: Database) throws {
        try database.create(table: "interview", options: .withoutRowID) { table in
            table.primaryKey("id", .text)
            table.column("started", .integer).notNull()
            table.column("level", .text).notNull()
            table.column("minutes", .integer).notNull()
            table.column("state", .text).notNull()
            table.column("finished", .integer)
            table.column("report", .text)
        }
    }
}

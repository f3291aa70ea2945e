/// Reads the interview's file.
struct InterviewReader {
    let reader: TreeReader

    static func read(_ tree: Tree, file: String) throws(ContentError) -> InterviewBook {
        let interview = InterviewReader(reader: TreeReader(file: file))
        let fields = try interview.reader.fields(
            of: tree, "the interview", keys: ["dimensions", "bands", "questions", "drills"])
        var dimensions: [InterviewBook.Dimension: String] = [:]
        for entry in try interview.reader.entries(try fields.required("dimensions"), "dimensions") {
            guard let dimension = InterviewBook.Dimension(rawValue: entry.key) else {
                throw interview.reader.error(entry.keyPlace, "unknown dimension \(interview.reader.shown(entry.key))")
            }
            let named = try interview.reader.fields(of: entry.value, entry.key, keys: ["name", "from"])
            dimensions[dimension] = try named.text("name")
        }
        let bands = try fields.map("bands") { (tree) throws(ContentError) in
            let band = try interview.reader.fields(of: tree, "a band", keys: ["id", "name", "share"])
            return InterviewBook.Band(
                id: try band.text("id"), name: try band.text("name"),
                share: try interview.reader.number(try band.required("share"), "share"))
        }
        guard bands.last?.share == 0 else {
            throw interview.reader.error(fields.place, "the last band must have the share 0")
        }
        let drills = try interview.reader.list(try fields.required("drills"), "drills")
        guard drills.count == 2 else {
            throw interview.reader.error(fields.place, "drills must be template and summary")
        }
        return InterviewBook(
            dimensions: dimensions, bands: bands,
            questions: try fields.map("questions") { (tree) throws(ContentError) in try interview.question(tree) },
            template: try interview.template(drills[0]), summary: try interview.summary(drills[1]))
    }

    private func question(_ tree: Tree) throws(ContentError) -> InterviewBook.Question {
        let fields = try reader.fields(
            of: tree, "a question",
            keys: ["id", "number", "prompt", "lesson", "levels", "ideas", "wrong", "follow-ups", "model"])
        var levels: [String: String] = [:]
        for entry in try reader.entries(try fields.required("levels"), "levels") {
            levels[entry.key] = try reader.text(entry.value, entry.key)
        }
        return InterviewBook.Question(
            id: try fields.text("id"), number: try reader.whole(try fields.required("number"), "number", in: 1...10),
            prompt: try fields.text("prompt"),
            lesson: try reader.whole(try fields.required("lesson"), "lesson", in: 1...12), levels: levels,
            ideas: try fields.map("ideas") { (tree) throws(ContentError) in try idea(tree) },
            wrong: try fields.map("wrong") { (tree) throws(ContentError) in try wrong(tree) },
            followUps: try fields.map("follow-ups") { (tree) throws(ContentError) in try followUp(tree) },
            model: try fields.text("model"))
    }

    private func idea(_ tree: Tree) throws(ContentError) -> InterviewBook.Idea {
        let fields = try reader.fields(
            of: tree, "an idea", keys: ["id", "text", "dimension", "weight", "keywords", "references"])
        return InterviewBook.Idea(
            id: try fields.text("id"), text: try fields.text("text"),
            dimension: try reader.word(
                try fields.required("dimension"), "dimension", as: InterviewBook.Dimension.self),
            weight: try reader.whole(try fields.required("weight"), "weight", in: 1...3),
            keywords: try fields.texts("keywords"), references: try fields.texts("references"))
    }

    private func wrong(_ tree: Tree) throws(ContentError) -> InterviewBook.Wrong {
        let fields = try reader.fields(
            of: tree, "a wrong answer", keys: ["id", "says", "correction", "misconception", "keywords"])
        return InterviewBook.Wrong(
            id: try fields.text("id"), says: try fields.text("says"), correction: try fields.text("correction"),
            misconception: try fields.optionalText("misconception"), keywords: try fields.texts("keywords"))
    }

    private func followUp(_ tree: Tree) throws(ContentError) -> InterviewBook.FollowUp {
        let fields = try reader.fields(
            of: tree, "a follow-up", keys: ["id", "missing", "prompt", "answer", "references"])
        return InterviewBook.FollowUp(
            id: try fields.text("id"), missing: try fields.text("missing"), prompt: try fields.text("prompt"),
            answer: try fields.text("answer"), references: try fields.texts("references"))
    }

    private func template(_ tree: Tree) throws(ContentError) -> TemplateDrill {
        let fields = try reader.fields(
            of: tree, "the template",
            keys: ["id", "title", "lesson", "seconds", "parts", "outline", "sentences", "cut"])
        let parts = try fields.map("parts") { (tree) throws(ContentError) in
            let part = try reader.fields(of: tree, "a part", keys: ["id", "name", "prompt"])
            return TemplateDrill.Part(
                id: try part.text("id"), name: try part.text("name"), prompt: try part.text("prompt"))
        }
        let sentences = try reader.fields(
            of: try fields.required("sentences"), "sentences", keys: ["question", "text", "order"])
        let cut = try reader.fields(
            of: try fields.required("cut"), "cut", keys: ["question", "words", "keep", "text", "model"])
        return TemplateDrill(
            id: try fields.text("id"), title: try fields.text("title"),
            lesson: try reader.whole(try fields.required("lesson"), "lesson", in: 1...12),
            seconds: try reader.whole(try fields.required("seconds"), "seconds", in: 1...3600), parts: parts,
            outline: try fields.texts("outline"), task: try sentences.text("text"),
            sentences: try sentences.map("order") { (tree) throws(ContentError) in
                try reader.fields(of: tree, "a sentence", keys: ["part", "text"]).text("text")
            },
            words: try reader.whole(try cut.required("words"), "words", in: 1...1000), text: try cut.text("text"),
            keep: try cut.map("keep") { (tree) throws(ContentError) in
                let fact = try reader.fields(of: tree, "a fact", keys: ["text", "keywords"])
                return TemplateDrill.Fact(text: try fact.text("text"), keywords: try fact.texts("keywords"))
            },
            model: try cut.text("model"))
    }

    private func summary(_ tree: Tree) throws(ContentError) -> SummaryDrill {
        let fields = try reader.fields(
            of: tree, "the summary",
            keys: ["id", "title", "lesson", "seconds", "words", "outline", "ideas", "model"])
        return SummaryDrill(
            id: try fields.text("id"), title: try fields.text("title"),
            lesson: try reader.whole(try fields.required("lesson"), "lesson", in: 1...12),
            seconds: try reader.whole(try fields.required("seconds"), "seconds", in: 1...3600),
            words: try reader.whole(try fields.required("words"), "words", in: 1...1000),
            outline: try fields.texts("outline"),
            ideas: try fields.map("ideas") { (tree) throws(ContentError) in
                let idea = try reader.fields(of: tree, "an idea", keys: ["id", "text", "keywords"])
                return QuizEssay.Idea(
                    id: try idea.text("id"), text: try idea.text("text"), keywords: try idea.texts("keywords"))
            },
            model: try fields.text("model"))
    }
}

extension QuizBank {
    /// The interview's questions and drills.
    package func interview() throws(ContentError) -> InterviewBook {
        guard let (tree, file) = try interviewTree() else {
            throw ContentError(file: "interview.yaml", at: .none, "there is no such file")
        }
        return try InterviewReader.read(tree, file: file)
    }
}

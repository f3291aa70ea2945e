import Wire

/// What each kind is made of.
extension QuizReader {
    func body(_ fields: TreeReader.Fields) throws(ContentError) -> QuizBody {
        let kind = try fields.required("kind")
        let body: QuizBody
        switch try reader.text(kind, "kind") {
        case "multiple-true-false": body = .trueFalse(try choices(fields, "statements", flag: "true"))
        case "single": body = .single(try choices(fields, "options", flag: "correct"))
        case "predict": body = .predict(try choices(fields, "options", flag: "correct"))
        case "multiple": body = .multiple(try choices(fields, "options", flag: "correct"))
        case "number": body = .number(try number(fields))
        case "hex": body = .hex(QuizHex(try hex(try fields.required("answer")), wrong: try wrong(fields)))
        case "order": body = .order(try order(fields))
        case "match": body = .match(try pairs(fields))
        case "fill": body = .fill(try fill(fields))
        case "free": body = .free(try essay(fields))
        case let other: throw reader.unknownWord(other, kind, "kind", QuizReader.kinds)
        }
        try refuseOthers(fields, body)
        return body
    }

    /// A key of another kind would be ignored silently.
    private func refuseOthers(_ fields: TreeReader.Fields, _ body: QuizBody) throws(ContentError) {
        let own: Set<String> =
            switch body {
            case .trueFalse: ["statements"]
            case .single, .predict, .multiple: ["options"]
            case .number: ["answer", "unit", "tolerance", "wrong"]
            case .hex: ["answer", "wrong"]
            case .order: ["order"]
            case .match: ["match"]
            case .fill: ["fill", "blanks", "wrong"]
            case .free: ["ideas", "model"]
            }
        let all: Set = [
            "options", "statements", "answer", "unit", "tolerance", "order", "match", "fill", "blanks", "wrong",
            "ideas",
            "model",
        ]
        for key in all.subtracting(own).sorted() {
            if let value = fields[key] { throw reader.error(value.place, "\(key) does not belong to \(body.kind)") }
        }
    }

    private func choices(
        _ fields: TreeReader.Fields, _ key: String, flag: String
    ) throws(ContentError) -> [QuizChoice] {
        let list = try fields.required(key)
        let choices = try fields.map(key) { (tree) throws(ContentError) in
            let choice = try reader.fields(of: tree, "an option", keys: ["text", flag, "why", "misconception"])
            return QuizChoice(
                try choice.text("text"), isRight: try reader.truth(try choice.required(flag), flag),
                why: try choice.optionalText("why") ?? "", misconception: try choice.optionalText("misconception"))
        }
        let right = choices.count(where: \.isRight)
        guard choices.count >= 2 else { throw reader.error(list.place, "\(key): at least two are needed") }
        let kind = try fields.text("kind")
        if kind == "single" || kind == "predict", right != 1 {
            throw reader.error(list.place, "exactly one option must be correct, not \(right)")
        }
        if kind == "multiple", right < 1 || right == choices.count {
            throw reader.error(list.place, "at least one option must be correct and one wrong")
        }
        return choices
    }

    private func number(_ fields: TreeReader.Fields) throws(ContentError) -> QuizNumber {
        QuizNumber(
            try reader.number(try fields.required("answer"), "answer"), unit: try fields.optionalText("unit") ?? "",
            tolerance: try fields["tolerance"].map { (tree) throws(ContentError) in
                try reader.number(tree, "tolerance")
            } ?? 0,
            wrong: try wrong(fields))
    }

    private func hex(_ tree: Tree) throws(ContentError) -> [UInt8] {
        do {
            return try HexBytes.parse(try reader.text(tree, "answer"))
        } catch let error as ContentError {
            throw error
        } catch {
            throw reader.error(tree.place, "answer must be bytes in hex: \(error)")
        }
    }

    private func wrong(_ fields: TreeReader.Fields) throws(ContentError) -> [QuizWrong] {
        try fields.map("wrong") { (tree) throws(ContentError) in
            let wrong = try reader.fields(of: tree, "a wrong answer", keys: ["answer", "why", "misconception"])
            return QuizWrong(
                try wrong.text("answer"), why: try wrong.optionalText("why") ?? "",
                misconception: try wrong.optionalText("misconception"))
        }
    }

    private func order(_ fields: TreeReader.Fields) throws(ContentError) -> [String] {
        let list = try fields.required("order")
        let steps = try reader.texts(list, "order")
        guard steps.count >= 2, Set(steps).count == steps.count else {
            throw reader.error(list.place, "order needs at least two steps, all different")
        }
        return steps
    }

    private func pairs(_ fields: TreeReader.Fields) throws(ContentError) -> [QuizPair] {
        let list = try fields.required("match")
        let pairs = try fields.map("match") { (tree) throws(ContentError) in
            let pair = try reader.fields(of: tree, "a pair", keys: ["left", "right", "why"])
            return QuizPair(
                left: try pair.text("left"), right: try pair.text("right"), why: try pair.optionalText("why") ?? "")
        }
        guard pairs.count >= 2, Set(pairs.map(\.right)).count == pairs.count else {
            throw reader.error(list.place, "match needs at least two pairs, with different right sides")
        }
        return pairs
    }

    private func fill(_ fields: TreeReader.Fields) throws(ContentError) -> QuizFill {
        let text = try fields.required("fill")
        let template = try reader.text(text, "fill")
        let blanks = try fields.required("blanks")
        var accepted: [String: [String]] = [:]
        for entry in try reader.entries(blanks, "blanks") {
            accepted[entry.key] = try reader.texts(entry.value, entry.key)
        }
        let names = FillText.names(in: template)
        guard Set(names) == Set(accepted.keys), Set(names).count == names.count else {
            throw reader.error(blanks.place, "blanks must name the gaps of the text: \(names.joined(separator: ", "))")
        }
        return QuizFill(
            text: template, blanks: names.map { QuizFill.Blank(name: $0, accepted: accepted[$0] ?? []) },
            wrong: try wrong(fields))
    }

    private func essay(_ fields: TreeReader.Fields) throws(ContentError) -> QuizEssay {
        let ideas = try fields.map("ideas") { (tree) throws(ContentError) in
            let idea = try reader.fields(of: tree, "an idea", keys: ["id", "text", "keywords"])
            return QuizEssay.Idea(
                id: try idea.text("id"), text: try idea.text("text"), keywords: try idea.texts("keywords"))
        }
        guard !ideas.isEmpty else { throw reader.error(fields.place, "a free text needs ideas to compare it with") }
        return QuizEssay(ideas: ideas, model: try fields.text("model"))
    }
}

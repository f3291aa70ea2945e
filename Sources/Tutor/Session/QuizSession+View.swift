/// What is shown.
extension QuizSession {
    package var view: QuizView {
        QuizView(
            title: title, position: min(current + 1, max(questions.count, 1)), count: questions.count, stage: stage,
            actions: actions, note: note, sheet: isExam ? sheet : [])
    }

    /// Whether it is over.
    package var isFinished: Bool { phase == .finished }

    private var stage: QuizView.Stage {
        switch phase {
        case .asking: .asking(questions[current].question)
        case .corrected:
            questions[current].result.map { .corrected(correction(of: questions[current], $0)) }
                ?? .asking(questions[current].question)
        case .finished: .finished(summary)
        }
    }

    private var actions: [QuizAction] {
        switch phase {
        case .finished: return []
        case .corrected:
            let isAgain = questions[current].result?.record.grade == .again
            return [.next, .undo] + (isAgain ? [] : [.lower]) + [.finish]
        case .asking:
            let asked = questions[current]
            let last: [QuizAction] =
                isExam ? [.submit, .skip, .go, .flag, .finish] : [.submit, .hint, .skip, .undo, .finish]
            return own(asked) + (asked.isFree ? [] : [.sure]) + last
        }
    }

    private func own(_ asked: AskedItem) -> [QuizAction] {
        switch asked.input {
        case .truths: [.call]
        case .options: [.choose]
        case .number, .hex, .essay: [.type]
        case .order: [.move]
        case .match: [.pair]
        case .fill: [.fill]
        case .ideas: [.tick]
        }
    }

    private var sheet: [QuizSheetRow] {
        questions.enumerated().map { index, asked in
            QuizSheetRow(
                isAnswered: asked.result != nil, isFlagged: asked.isFlagged,
                isCurrent: index == current && phase == .asking)
        }
    }

    private func correction(of asked: AskedItem, _ result: AskedItem.Result) -> QuizCorrection {
        let item = asked.item
        let marking = result.marking
        let card = context.cards[result.record.card]
        let held = marking.beliefs.filter(\.isHeld).map(\.misconception)
        return QuizCorrection(
            id: item.id, question: item.question, context: item.context, bytes: item.bytes, isRight: marking.isRight,
            score: marking.score, headline: headline(asked, marking), rows: rows(asked, marking),
            explanation: item.explanation, references: item.references, lesson: item.lesson,
            refuted: held.compactMap { id in
                context.catalogue.misconceptions[id].map {
                    QuizCorrection.Refuted(id: id, belief: $0.belief, truth: $0.truth)
                }
            },
            isHypercorrection: !marking.isRight && result.record.confidence == .sure,
            comesBack: !marking.isRight && asked.repeats < 2 && !isExam, grade: result.record.grade,
            days: card.map { context.schedule.interval(of: $0) } ?? 0, isLeech: card?.isLeech ?? false)
    }

    private func headline(_ asked: AskedItem, _ marking: Marking) -> String {
        let right = marking.parts.count(where: \.isRight)
        if asked.isFree { return "\(right) of \(marking.parts.count) ideas" }
        if marking.isRight { return "Right" }
        switch asked.item.body {
        case .trueFalse, .order, .match, .fill: return "\(right) of \(marking.parts.count) right"
        case .single, .predict, .multiple, .number, .hex, .free: return "Wrong"
        }
    }

    private func rows(_ asked: AskedItem, _ marking: Marking) -> [QuizCorrection.Row] {
        switch asked.item.body {
        case .trueFalse, .single, .predict, .multiple:
            return asked.shown.rows.map { choiceRow(marking.parts[$0], asked.item.body) }
        case .number, .hex, .fill, .order, .match, .free: return marking.parts.map { partRow($0, asked.item.body) }
        }
    }

    private func choiceRow(_ part: Marking.Part, _ body: QuizBody) -> QuizCorrection.Row {
        if case .trueFalse = body {
            let verdict = part.isRight ? part.expected : "you said \(part.given), it is \(part.expected)"
            return QuizCorrection.Row(
                mark: part.isRight ? .right : .wrong, text: part.text, verdict: verdict, why: part.why)
        }
        let isChosen = !part.given.isEmpty
        let mark: QuizCorrection.Mark = isChosen ? (part.isRight ? .right : .wrong) : part.isRight ? .neither : .wrong
        let verdict =
            switch (isChosen, part.expected == "right") {
            case (true, true): "yours, right"
            case (true, false): "yours, wrong"
            case (false, true): "this is right"
            case (false, false): ""
            }
        return QuizCorrection.Row(mark: mark, text: part.text, verdict: verdict, why: part.why)
    }

    private func partRow(_ part: Marking.Part, _ body: QuizBody) -> QuizCorrection.Row {
        let mark: QuizCorrection.Mark = part.isRight ? .right : .wrong
        switch body {
        case .free:
            return QuizCorrection.Row(mark: mark, text: part.text, verdict: part.isRight ? "said" : "not said", why: "")
        case .match:
            let verdict = part.isRight ? part.expected : "\(part.expected), not \(part.given)"
            return QuizCorrection.Row(mark: mark, text: part.text, verdict: verdict, why: part.why)
        case .order:
            return QuizCorrection.Row(
                mark: mark, text: "\(part.text) \(part.expected)",
                verdict: part.isRight ? "" : "you had here: \(part.given)", why: "")
        case .fill, .number, .hex, .trueFalse, .single, .predict, .multiple:
            let verdict = part.isRight ? part.given : "\(part.given) is wrong, right is \(part.expected)"
            return QuizCorrection.Row(mark: mark, text: part.text, verdict: verdict, why: part.why)
        }
    }
}

/// The end.
extension QuizSession {
    private var summary: QuizSummary {
        let first = questions.filter { $0.repeats == 0 }
        let answered = first.filter { $0.result != nil }
        let right = answered.count { $0.result?.marking.isRight ?? false }
        let weak = weakest(answered)
        return QuizSummary(
            answered: answered.count, right: right, unanswered: first.count - answered.count, weak: weak,
            corrections: isExam ? answered.compactMap { asked in asked.result.map { correction(of: asked, $0) } } : [],
            advice: advice(answered.count, weak))
    }

    private func weakest(_ answered: [AskedItem]) -> [QuizSummary.Weak] {
        var wrong: [String: (count: Int, lesson: Int?)] = [:]
        for asked in answered where asked.result?.marking.isRight == false {
            for concept in asked.item.concepts {
                wrong[concept] = ((wrong[concept]?.count ?? 0) + 1, wrong[concept]?.lesson ?? asked.item.lesson)
            }
        }
        return wrong.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(5).map { id, entry in
            QuizSummary.Weak(
                concept: id, name: context.catalogue.concept(id), wrong: entry.count, lesson: entry.lesson)
        }
    }

    private func advice(_ answered: Int, _ weak: [QuizSummary.Weak]) -> String {
        guard answered > 0 else { return questions.isEmpty ? "There is nothing to ask." : "Nothing was answered." }
        guard let first = weak.first else {
            return "All right. What you learnt comes back when it would fade: ws101 review."
        }
        let lesson = first.lesson.map { " Lesson \($0) mends it: ws101 lesson \($0)." } ?? ""
        return "Weakest: \(first.name).\(lesson)"
    }
}

import Tutor

/// The form of a stage of the interview; stages that are only read have none.
extension AnswerForm {
    init?(_ stage: InterviewView.Stage) {
        switch stage {
        case .answer(_, _, let text), .followUp(_, let text), .cut(_, _, let text), .summary(_, _, let text):
            self.init(.text)
            inputs[0] = TextInput(.block, text: text)
        case .tick(_, _, let rows, _):
            self.init(.ideas(rows.map(\.text)))
            picks = Set(rows.indices.filter { rows[$0].isTicked })
        case .order(_, _, let sentences): self.init(Shape.order(sentences))
        case .intro, .think, .compare, .verdict, .drillResult, .finished: return nil
        }
    }

    /// Takes up what the session holds; what is being typed stays as it is.
    mutating func take(_ stage: InterviewView.Stage) {
        switch stage {
        case .tick(_, _, let rows, _): picks = Set(rows.indices.filter { rows[$0].isTicked })
        case .order(_, _, let sentences):
            shape = .order(sentences)
            order = Array(sentences.indices)
        case .answer, .followUp, .cut, .summary, .intro, .think, .compare, .verdict, .drillResult, .finished: break
        }
    }

    func interviewEvents(since old: AnswerForm) -> [InterviewEvent] {
        switch shape {
        case .text: inputs == old.inputs ? [] : [.type(inputs[0].string)]
        case .ideas: ticked(since: old).map { .tick(row: $0) }
        case .order: moved(since: old).map { [.move(row: $0.row, to: $0.target)] } ?? []
        case .statements, .single, .multiple, .match, .line, .blanks: []
        }
    }
}

extension ProgressStore {
    /// Keeps what a session asks for. When it returns, it is on the disk.
    package func apply(_ effects: [QuizEffect]) throws(ProgressError) {
        for effect in effects {
            switch effect {
            case .record(let answer): try record(answer)
            case .undo(let uid): try undo(answer: uid)
            case .regrade(let uid, let grade): try regrade(answer: uid, grade)
            }
        }
    }
}

import Tutor

extension Desk {
    /// Opens what was asked for on the command line.
    mutating func open(_ opening: ScreenCourse.Opening) {
        switch opening {
        case .place(let id): go(to: id)
        case .lesson(let number):
            go(to: .learn)
            learn?.open(lesson: number)
        case .sitting(let session):
            go(to: .quiz)
            quiz?.show(session)
        case .interview(let session):
            go(to: .quiz)
            quiz?.show(session)
        }
    }
}

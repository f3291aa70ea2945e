package import Tutor

/// What the screen has beside the traffic: lessons, quizzes and progress, and what it opens first.
package struct ScreenCourse {
    /// Where the screen begins.
    nonisolated package enum Opening: Sendable {
        case place(PlaceID)
        /// A lesson, nil for the one where one stopped.
        case lesson(Int?)
        case sitting(QuizSession)
        case interview(InterviewSession)
    }

    package let lessons: (any LessonHost)?
    package let learner: Learner?
    package let opensAt: Opening
    /// What went wrong with lessons or quizzes, told once; nil where all is well.
    package let notice: String?

    package init(
        lessons: (any LessonHost)? = nil, learner: Learner? = nil, opensAt: Opening = .place(.watch),
        notice: String? = nil
    ) {
        self.lessons = lessons
        self.learner = learner
        self.opensAt = opensAt
        self.notice = notice
    }
}

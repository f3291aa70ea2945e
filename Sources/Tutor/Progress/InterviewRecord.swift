package import Connection

/// An interview, under way or over.
package struct InterviewRecord: Hashable, Sendable {
    package let id: String
    package let started: Timestamp
    package let level: String
    package let minutes: Int
    /// `InterviewState` as JSON.
    package var state: String
    package var finished: Timestamp?
    /// `InterviewReport` as JSON, once it is over.
    package var report: String?

    package init(
        id: String, started: Timestamp, level: String, minutes: Int, state: String, finished: Timestamp? = nil,
        report: String? = nil
    ) {
        self.id = id
        self.started = started
        self.level = level
        self.minutes = minutes
        self.state = state
        self.finished = finished
        self.report = report
    }
}

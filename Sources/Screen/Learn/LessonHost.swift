package import Connection
package import Tutor

/// What stands behind the place Learn: the lessons, what was done in them, and whoever runs labs.
package protocol LessonHost: AnyObject {
    var course: Course { get }
    /// What was done so far.
    var progress: LessonProgress { get }
    /// The time by which hints are given.
    var now: Timestamp { get }
    /// The connections of the lab that runs, or ran last, the oldest first.
    var labConnections: [ConnectionID] { get }
    /// Called with what a lab reports.
    var didReport: ((LabReport) -> Void)? { get set }

    /// Does what a lesson asks for.
    /// - Returns: What went wrong, and what to do; nil where all is well.
    func perform(_ request: LessonRequest) -> String?
}

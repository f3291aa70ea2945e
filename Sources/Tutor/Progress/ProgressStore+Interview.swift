import Foundation

extension ProgressStore {
    /// Keeps what an interview asks for. When it returns, it is on the disk.
    package func apply(_ effects: [InterviewEffect]) throws(ProgressError) {
        for effect in effects {
            switch effect {
            case .save(let interview): try save(interview)
            case .record(let answer): try record(answer)
            }
        }
    }

    /// The report of the newest interview that is over; nil where there is none.
    package func lastReport() throws(ProgressError) -> InterviewReport? {
        try finishedInterviews().lazy.compactMap { record in
            record.report.flatMap { try? JSONDecoder().decode(InterviewReport.self, from: Data($0.utf8)) }
        }.first
    }
}

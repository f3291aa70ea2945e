/// All progress as it is exported and imported: JSON, version 1.
struct ProgressFile: Codable {
    static let format = "ws101 progress"
    static let version = 1

    struct Answer: Codable {
        let uid: String
        let kind: String
        let item: String
        let concepts: [String]
        let seed: Int64?
        let mode: String
        let time: Int64
        let day: Int
        let score: Double
        let right: Bool
        let confidence: Int?
        let hints: Int
        let duration: Int
        let grade: Int
        let given: String
        let undone: Bool
        let beliefs: [Belief]
    }

    struct Belief: Codable {
        let misconception: String
        let held: Bool
    }

    struct Step: Codable {
        let step: StepRecord
        let time: Int64
    }

    struct Interview: Codable {
        let id: String
        let started: Int64
        let level: String
        let minutes: Int
        let state: String
        let finished: Int64?
        let report: String?
    }

    let format: String
    let version: Int
    let answers: [Answer]
    let steps: [Step]
    let interviews: [Interview]
    let interviewDay: Int?
}

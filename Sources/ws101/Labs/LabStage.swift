import Foundation
import Synchronization

/// Where a lab shows what happens as it happens, and from where its report comes.
final class LabStage: Sendable {
    struct Check: Codable, Sendable {
        let passed: Bool
        let what: String
    }

    struct Act: Codable, Sendable {
        let title: String
        var checks: [Check] = []
        var figures: [String: Double] = [:]
    }

    struct Report: Codable, Sendable {
        let lab: String
        var passed: Bool
        var acts: [Act]
    }

    private let isSilent: Bool
    private let report: Mutex<Report>

    /// - Parameter isSilent: Nothing is shown; only the report counts.
    init(_ lab: String, isSilent: Bool) {
        self.isSilent = isSilent
        report = Mutex(Report(lab: lab, passed: true, acts: []))
    }

    var result: Report { report.withLock { $0 } }

    func act(_ title: String) {
        let number = report.withLock { report in
            report.acts.append(Act(title: title))
            return report.acts.count
        }
        show((number > 1 ? "\n" : "") + "\(number)  \(title)")
    }

    func tell(_ text: String) { show("     \(text)") }

    func check(_ passed: Bool, _ what: String) {
        report.withLock { report in
            report.passed = report.passed && passed
            guard let last = report.acts.indices.last else { return }
            report.acts[last].checks.append(Check(passed: passed, what: what))
        }
        show("   \(passed ? "✓" : "✗") \(what)")
    }

    func figure(_ name: String, _ value: Double) {
        report.withLock { report in
            guard let last = report.acts.indices.last else { return }
            report.acts[last].figures[name] = value
        }
    }

    private func show(_ line: String) {
        if !isSilent { Output.answer(line) }
    }
}

/// JSON for programs, keys in a fixed order.
enum LabJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

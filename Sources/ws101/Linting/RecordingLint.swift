import Capture
import Connection
import Lint

/// Lints what a recording holds, in memory that does not grow with it.
enum RecordingLint {
    static func run(on path: String, named name: String, _ settings: LintSettings) throws -> Findings {
        let linter = Linter(settings)
        var observer = Observer(sink: linter)
        var reader = try CaptureReader(path: path)
        let result = Result { () throws(CaptureError) in try reader.read(into: &observer) }
        observer.finish()
        linter.finish()
        let summary = try result.get()
        for warning in summary.warnings { Output.diagnostic("ws101: \(name): \(warning)") }
        guard linter.findings.judged > 0 else {
            throw Failure(
                "\(name) holds no WebSocket connection, so there is nothing to judge.",
                next:
                    "It has \(Words.count(Int(clamping: summary.connections), "TCP connection")); ws101 show \(name) lists them."
            )
        }
        return linter.findings
    }
}

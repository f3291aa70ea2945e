import Foundation
import Lint

/// Lints source code with the engine that this machine has.
enum SourceFiles {
    static func lint(_ path: String, _ settings: LintSettings) throws -> Findings {
        do throws(SourceError) {
            let lint = SourceLint { () throws(SourceEngineError) in
                try AstGrep(environment: ProcessInfo.processInfo.environment)
            }
            var result = try lint.run(on: path, settings)
            UnusedNotes(settings).add(result.comments, to: &result.findings)
            if result.skipped != SourceResult.Skipped() {
                Output.diagnostic("ws101: not looked at: \(result.skipped.description)")
            }
            return result.findings
        } catch {
            switch error {
            case .noSuchPath, .unreadable, .noSources: throw Failure("\(error)")
            case .engine(let fault): throw Failure("\(fault)", status: Failure.missing)
            }
        }
    }
}

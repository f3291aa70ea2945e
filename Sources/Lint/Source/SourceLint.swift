import Wire

/// Judges source code and configuration.
package struct SourceLint: Sendable {
    package typealias FindEngine = @Sendable () throws(SourceEngineError) -> any SourceEngine

    private let engine: FindEngine
    private let page: @Sendable (RuleCode) -> RulePage?

    /// - Parameters:
    ///   - engine: Asked only where there is something that needs it.
    ///   - page: The page of a rule; nil: the rule is off.
    package init(
        engine: @escaping FindEngine, page: @escaping @Sendable (RuleCode) -> RulePage? = { AllRules.rule($0)?.page }
    ) {
        self.engine = engine
        self.page = page
    }

    /// - Parameter path: A folder, or one file.
    package func run(on path: String, _ settings: LintSettings) throws(SourceError) -> SourceResult {
        let folder = try SourceFolder(path)
        var result = SourceResult(folder)
        let programs = SourceProgram.programs(of: folder.files, try matches(in: folder.files, &result))
        var findings = SourceFindings(settings, page, folder)
        for program in programs {
            findings.take(SourceJudges.report(on: program, settings))
            result.comments += program.all("comment").compactMap { IgnoreComment($1.text, at: $1.bytes, in: $0.file) }
        }
        findings.take(SourceJudges.report(on: folder, beside: programs, settings))
        result.comments += folder.nginx.flatMap { nginx in
            nginx.comments.compactMap { IgnoreComment(nginx.file.string($0), at: $0, in: nginx.file) }
        }
        result.findings = findings.all
        Self.suppress(&result)
        return result
    }

    private func matches(
        in files: [SourceFile], _ result: inout SourceResult
    ) throws(SourceError) -> [SourceMatch] {
        do throws(SourceEngineError) {
            var matches: [SourceMatch] = []
            var found: (any SourceEngine)?
            for language in SourceLanguage.allCases {
                guard let sheet = PatternSheet.sheet(for: language) else { continue }
                let paths = files.filter { $0.language == language }.map(\.path)
                guard !paths.isEmpty else { continue }
                if found == nil { found = try engine() }
                guard let found else { continue }
                matches += try found.run(sheet.text(for: language), on: paths)
            }
            result.engine = found.map { ($0.name, $0.version) }
            return matches
        } catch {
            throw .engine(error)
        }
    }

    private static func suppress(_ result: inout SourceResult) {
        var comments = result.comments
        result.findings.suppress { finding in
            var reason: String?
            for index in comments.indices where comments[index].covers(finding) { reason = comments[index].reason }
            return reason.map { .ignored(reason: $0) }
        }
        result.comments = comments
    }
}

import Connection

/// SARIF 2.1.0, as code scanning takes it. With `--verdicts`, results of the kinds `pass` and `notApplicable` too.
struct SARIFFormat {
    private let result: LintResult
    private let indices: [RuleCode: Int]
    private let rules: [RulePage]

    init(_ result: LintResult) {
        self.result = result
        let found = Set(result.findings.all.map(\.rule)).subtracting(result.rules.map(\.code))
        rules = (result.rules + found.compactMap { AllRules.rule($0)?.page }).sorted { $0.code < $1.code }
        indices = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element.code, $0.offset) })
    }

    var text: String {
        let driver = SARIFLog.Driver(version: result.version, rules: rules.map(SARIFFormat.rule))
        let run = SARIFLog.Run(
            tool: SARIFLog.Tool(driver: driver),
            invocations: [SARIFLog.Invocation(exitCode: Int(result.status))],
            results: result.findings.all.map(record) + (result.showsVerdicts ? rules.compactMap(verdict) : []))
        return JSONText.encode(SARIFLog(runs: [run]), isPretty: true) + "\n"
    }

    private func record(_ finding: Finding) -> SARIFLog.Result {
        var record = SARIFLog.Result(
            ruleId: finding.rule.rawValue, ruleIndex: indices[finding.rule] ?? -1, kind: "fail",
            level: finding.severity.rawValue, message: SARIFLog.Text(text: finding.message))
        record.locations = [location(finding.place)]
        if !finding.alsoIn.isEmpty {
            record.relatedLocations = finding.alsoIn.enumerated().map { index, place in
                var location = location(place)
                location.id = index + 1
                location.message = SARIFLog.Text(text: "also here")
                return location
            }
        }
        record.occurrenceCount = finding.occurrences
        record.partialFingerprints = ["ws101/v1": finding.fingerprint.rawValue]
        record.suppressions = finding.suppression.map { [SARIFFormat.suppression($0)] }
        record.properties = PlaceRecord(finding.place)
        return record
    }

    private static func suppression(_ suppression: Suppression) -> SARIFLog.SuppressionRecord {
        switch suppression {
        case .ignored(let reason): SARIFLog.SuppressionRecord(kind: "inSource", justification: reason)
        case .configured(let reason), .baseline(let reason):
            SARIFLog.SuppressionRecord(kind: "external", justification: reason)
        }
    }

    /// A result that is no failure has no level.
    private func verdict(_ rule: RulePage) -> SARIFLog.Result? {
        let outcome = result.outcome(of: rule)
        let kind: String
        switch outcome {
        case .found: return nil
        case .passed: kind = "pass"
        case .notApplicable: kind = "notApplicable"
        }
        return SARIFLog.Result(
            ruleId: rule.code.rawValue, ruleIndex: indices[rule.code] ?? -1, kind: kind, level: "none",
            message: SARIFLog.Text(text: outcome.reasons ?? rule.says))
    }

    private func location(_ place: Place) -> SARIFLog.Location {
        switch place {
        case .wire(let place):
            let region = place.location.map { SARIFLog.Region(byteOffset: Int(clamping: $0.segment)) }
            return SARIFLog.Location(
                physicalLocation: physical(result.input, region),
                logicalLocations: [SARIFLog.LogicalLocation(fullyQualifiedName: place.qualifiedName)])
        case .probe(let place):
            return SARIFLog.Location(
                physicalLocation: physical(place.url, nil),
                logicalLocations: [SARIFLog.LogicalLocation(fullyQualifiedName: "probe/\(place.step)")])
        case .source(let place):
            let region = SARIFLog.Region(
                startLine: place.line, startColumn: place.column, endLine: place.endLine, endColumn: place.endColumn,
                byteOffset: place.bytes.lowerBound, byteLength: place.bytes.count,
                snippet: SARIFLog.Text(text: place.snippet))
            return SARIFLog.Location(physicalLocation: physical(result.path(of: place), region))
        }
    }

    private func physical(_ path: String, _ region: SARIFLog.Region?) -> SARIFLog.PhysicalLocation {
        SARIFLog.PhysicalLocation(
            artifactLocation: SARIFLog.PhysicalLocation.Artifact(uri: SARIFFormat.uri(path)), region: region)
    }

    /// A URI reference: what it cannot hold is written as `%20`.
    private static func uri(_ path: String) -> String {
        path.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            if isPlain || "-._~/:?&=@!$'()*+,;".utf8.contains(byte) { return String(Unicode.Scalar(byte)) }
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (byte < 16 ? "0" : "") + hex
        }.joined()
    }
}

extension SARIFFormat {
    private static func rule(_ page: RulePage) -> SARIFLog.Rule {
        let weaknesses = page.references.map(\.text).filter { $0.hasPrefix("CWE-") }
        let security = weaknesses.map { "external/cwe/\($0.lowercased())" }
        return SARIFLog.Rule(
            id: page.code.rawValue, name: name(page.slug), shortDescription: SARIFLog.Text(text: page.says),
            fullDescription: SARIFLog.Text(text: page.why),
            help: SARIFLog.Help(text: "\(page.fix) See: ws101 explain \(page.code)", markdown: PageMarkdown(page).text),
            helpUri: page.references.lazy.compactMap(\.url).first,
            defaultConfiguration: SARIFLog.Rule.Configuration(level: page.severity.rawValue),
            properties: SARIFLog.Rule.Properties(
                tags: ["websocket"] + (security.isEmpty ? [] : ["security"] + security),
                precision: page.confidence.rawValue,
                securitySeverity: security.isEmpty ? nil : grade(page.severity)))
    }

    /// In the middle of what GitHub calls high, medium and low.
    private static func grade(_ severity: Severity) -> String {
        switch severity {
        case .error: "8.0"
        case .warning: "5.5"
        case .note: "2.0"
        }
    }

    /// "no-heartbeat" as "NoHeartbeat".
    private static func name(_ slug: String) -> String {
        slug.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

/// What is judged, and how: the content of `ws101.yml` and of the command line's options.
package struct LintSettings: Sendable {
    /// Everything that may differ from endpoint to endpoint. nil and absent: as in the settings for all.
    package struct Endpoint: Sendable {
        /// Paths that begin like this; "*" at the end is allowed.
        package var pattern: String
        package var severities: [RuleCode: Severity] = [:]
        package var thresholds: [RuleCode: [String: Threshold.Value]] = [:]
        package var traits: EndpointTraits?
        package var ignored: Set<RuleCode> = []

        package init(pattern: String) { self.pattern = pattern }

        func matches(_ path: String) -> Bool {
            pattern.hasSuffix("*") ? path.hasPrefix(pattern.dropLast()) : path == pattern
        }
    }

    /// Only these; empty: all but the pedantic ones.
    package var selected: Set<RuleCode> = []
    package var ignored: Set<RuleCode> = []
    package var isPedantic = false
    package var severities: [RuleCode: Severity] = [:]
    package var thresholds: [RuleCode: [String: Threshold.Value]] = [:]
    package var traits = EndpointTraits()
    /// The first that matches holds.
    package var endpoints: [Endpoint] = []

    package init() {}

    package func isOn(_ page: RulePage) -> Bool {
        guard !ignored.contains(page.code) else { return false }
        return selected.isEmpty ? isPedantic || !page.isPedantic : selected.contains(page.code)
    }

    /// - Parameter path: Of the request; nil where it is not known.
    package func isOn(_ page: RulePage, at path: String?) -> Bool {
        isOn(page) && !(endpoint(path)?.ignored.contains(page.code) ?? false)
    }

    package func settings(for page: RulePage, at path: String?) -> RuleSettings {
        settings(for: page, at: endpoint(path))
    }

    /// The settings of one rule by path, all made beforehand.
    func prepared(for page: RulePage) -> @Sendable (_ path: String?) -> RuleSettings {
        let general = settings(for: page, at: Endpoint?.none)
        let own = endpoints.map { settings(for: page, at: $0) }
        return { path in self.endpointNumber(at: path).map { own[$0] } ?? general }
    }

    private func settings(for page: RulePage, at endpoint: Endpoint?) -> RuleSettings {
        let changes = (thresholds[page.code] ?? [:]).merging(endpoint?.thresholds[page.code] ?? [:]) { $1 }
        return RuleSettings(page, changes: changes, traits: endpoint?.traits ?? traits)
    }

    /// - Returns: nil where nobody set one, so that the rule decides.
    package func severity(of rule: RuleCode, at path: String?) -> Severity? {
        endpoint(path)?.severities[rule] ?? severities[rule]
    }

    private func endpoint(_ path: String?) -> Endpoint? { endpointNumber(at: path).map { endpoints[$0] } }

    /// Of the first that matches; nil where none does.
    func endpointNumber(at path: String?) -> Int? { path.flatMap { path in endpoints.firstIndex { $0.matches(path) } } }
}

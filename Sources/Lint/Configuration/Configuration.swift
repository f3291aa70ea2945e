/// The content of `ws101.yml`. nil, and what is empty: not said there.
package struct Configuration: Sendable {
    package internal(set) var selected: Set<RuleCode> = []
    package internal(set) var ignored: Set<RuleCode> = []
    package internal(set) var isPedantic = false
    package internal(set) var failOn: FailOn?
    package internal(set) var rules = RuleChanges()
    package internal(set) var traits = TraitChanges()
    /// The first that matches holds.
    package internal(set) var endpoints: [EndpointChanges] = []
    package internal(set) var suppressions: [ConfiguredSuppression] = []
    /// As it is written there, relative to the file.
    package internal(set) var baseline: String?

    package init() {}

    /// From which severity on a finding makes the command fail.
    package enum FailOn: String, Hashable, Sendable, CaseIterable {
        case error, warning, note, never

        /// nil: none does.
        package var severity: Severity? { Severity(rawValue: rawValue) }
    }

    /// What is said of single rules.
    package struct RuleChanges: Hashable, Sendable {
        var severities: [RuleCode: Severity] = [:]
        var thresholds: [RuleCode: [String: Threshold.Value]] = [:]
    }

    /// What is said of an endpoint, or of all.
    package struct TraitChanges: Hashable, Sendable {
        var isPublic: Bool?
        var isTLSTerminated: Bool?
        var idleLimit: IdleLimit?

        func changing(_ traits: EndpointTraits) -> EndpointTraits {
            var traits = traits
            if let isPublic { traits.isPublic = isPublic }
            if let isTLSTerminated { traits.isTLSTerminated = isTLSTerminated }
            if let idleLimit { traits.idleLimit = idleLimit }
            return traits
        }
    }

    package struct EndpointChanges: Hashable, Sendable {
        let pattern: String
        var ignored: Set<RuleCode> = []
        var rules = RuleChanges()
        var traits = TraitChanges()
    }
}

extension Configuration {
    /// What the command line says beside the file: it has the last word.
    package struct Overrides: Sendable {
        package var selected: Set<RuleCode> = []
        package var ignored: Set<RuleCode> = []
        package var isPedantic = false
        package var idleLimit: IdleLimit?

        package init() {}
    }

    package func settings(_ overrides: Overrides = Overrides()) -> LintSettings {
        var settings = LintSettings()
        settings.selected = overrides.selected.isEmpty ? selected : overrides.selected
        settings.ignored = ignored.subtracting(overrides.selected).union(overrides.ignored)
        settings.isPedantic = isPedantic || overrides.isPedantic
        settings.severities = rules.severities
        settings.thresholds = rules.thresholds
        settings.traits = traits.changing(EndpointTraits())
        if let idleLimit = overrides.idleLimit { settings.traits.idleLimit = idleLimit }
        settings.endpoints = endpoints.map { changes in
            var endpoint = LintSettings.Endpoint(pattern: changes.pattern)
            endpoint.ignored = changes.ignored
            endpoint.severities = changes.rules.severities
            endpoint.thresholds = changes.rules.thresholds
            endpoint.traits = changes.traits.changing(settings.traits)
            return endpoint
        }
        return settings
    }
}

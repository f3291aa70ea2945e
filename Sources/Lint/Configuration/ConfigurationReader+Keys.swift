import Wire
import Yams

/// What the keys of `ws101.yml` mean.
extension ConfigurationReader {
    private static let endpointKeys = ["ignore", "rules", "profile", "idle-limit", "public", "tls-terminated"]
    private static let rootKeys =
        ["select", "pedantic", "fail-on", "baseline", "endpoints", "suppress"] + endpointKeys

    func configuration(_ root: Node) throws(ConfigurationError) -> Configuration {
        var configuration = Configuration()
        for (_, name, value) in try members(of: root, "the configuration", keys: Self.rootKeys) {
            switch name {
            case "select": configuration.selected = try rules(value, name)
            case "pedantic": configuration.isPedantic = try truth(value, name)
            case "fail-on": configuration.failOn = try word(value, name, as: Configuration.FailOn.self)
            case "baseline": configuration.baseline = try text(value, name)
            case "ignore": configuration.ignored = try rules(value, name)
            case "rules": configuration.rules = try changes(value)
            case "endpoints":
                for item in try items(of: value, name) { configuration.endpoints.append(try endpoint(item)) }
            case "suppress":
                for item in try items(of: value, name) { configuration.suppressions.append(try suppression(item)) }
            case let trait: try set(trait, value, in: &configuration.traits)
            }
        }
        return configuration
    }

    private func endpoint(_ node: Node) throws(ConfigurationError) -> Configuration.EndpointChanges {
        let members = try members(of: node, "an endpoint", keys: ["path"] + Self.endpointKeys)
        guard let path = members.first(where: { $0.name == "path" }) else {
            throw error(node, "an endpoint needs a path", "such as path: /chat, or path: /feed/*")
        }
        var endpoint = Configuration.EndpointChanges(pattern: try pattern(path.value, "path"))
        for (_, name, value) in members {
            switch name {
            case "path": break
            case "ignore": endpoint.ignored = try rules(value, name)
            case "rules": endpoint.rules = try changes(value)
            case let trait: try set(trait, value, in: &endpoint.traits)
            }
        }
        return endpoint
    }

    private func set(
        _ name: String, _ value: Node, in traits: inout Configuration.TraitChanges
    ) throws(ConfigurationError) {
        switch name {
        case "public": traits.isPublic = try truth(value, name)
        case "tls-terminated": traits.isTLSTerminated = try truth(value, name)
        default:
            guard traits.idleLimit == nil else { throw error(value, "profile and idle-limit say the same: give one") }
            traits.idleLimit = try name == "profile" ? profile(value) : idleLimit(value)
        }
    }

    private func profile(_ node: Node) throws(ConfigurationError) -> IdleLimit {
        let name = try text(node, "profile")
        if let profile = IdleLimit.profiles.first(where: { $0.name == name }) { return profile }
        let names = IdleLimit.profiles.map(\.name)
        let hint = Closest.to(name, in: names).map { "; did you mean \($0)?" } ?? ""
        throw error(
            node, "there is no profile \(shown(name))\(hint)",
            "profiles: \(names.joined(separator: ", ")); or say idle-limit: 75s")
    }

    private func idleLimit(_ node: Node) throws(ConfigurationError) -> IdleLimit {
        let text = try text(node, "idle-limit")
        guard case .duration(let seconds)? = Threshold.Value(parsing: text, like: .duration(0)) else {
            throw error(node, "idle-limit cannot be \(shown(text))", Threshold.Value.duration(0).forms)
        }
        return IdleLimit("idle-limit", seconds: seconds)
    }

    /// A pattern for paths or files.
    private func pattern(_ node: Node, _ what: String) throws(ConfigurationError) -> String {
        let text = try text(node, what)
        guard !text.dropLast().contains("*") else {
            throw error(node, "\(what) may have a * at its end only, not as in \(shown(text))")
        }
        return SafeText.escape(text)
    }
}

/// Rules.
extension ConfigurationReader {
    /// A name, or a list of names.
    private func rules(_ node: Node, _ what: String) throws(ConfigurationError) -> Set<RuleCode> {
        if case .scalar = node { return try codes(node, what) }
        var all: Set<RuleCode> = []
        for item in try items(of: node, what) { all.formUnion(try codes(item, what)) }
        return all
    }

    private func codes(_ node: Node, _ what: String) throws(ConfigurationError) -> Set<RuleCode> {
        let name = try text(node, what)
        do {
            return try RuleName.codes(name)
        } catch {
            throw unknown(node, error)
        }
    }

    private func page(_ node: Node) throws(ConfigurationError) -> RulePage {
        let name = try text(node, "a rule's name")
        do {
            return try RuleName.page(name)
        } catch {
            throw unknown(node, error)
        }
    }

    private func unknown(_ node: Node, _ fault: RuleName.Unknown) -> ConfigurationError {
        error(node, SafeText.escape(fault.description), "ws101 explain lists all rules")
    }

    private func changes(_ node: Node) throws(ConfigurationError) -> Configuration.RuleChanges {
        guard case .mapping(let mapping) = node else {
            throw error(node, "rules must be a mapping", "such as rules: { L01: { gap: 45s } }")
        }
        var changes = Configuration.RuleChanges()
        for (key, value) in mapping {
            let page = try page(key)
            let keys = ["severity"] + page.thresholds.map(\.name)
            for (_, name, value) in try members(of: value, "\(page.code)", keys: keys) {
                if let threshold = page.thresholds.first(where: { $0.name == name }) {
                    changes.thresholds[page.code, default: [:]][name] = try self.value(value, of: threshold)
                } else {
                    changes.severities[page.code] = try word(value, name, as: Severity.self)
                }
            }
        }
        return changes
    }

    private func value(_ node: Node, of threshold: Threshold) throws(ConfigurationError) -> Threshold.Value {
        let text = try text(node, threshold.name)
        guard let value = Threshold.Value(parsing: text, like: threshold.value) else {
            throw error(node, "\(threshold.name) cannot be \(shown(text))", threshold.value.forms)
        }
        return value
    }

    private func suppression(_ node: Node) throws(ConfigurationError) -> ConfiguredSuppression {
        let keys = ["rule", "path", "file", "fingerprint", "reason"]
        let members = try members(of: node, "an entry of suppress", keys: keys)
        let named = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
        guard let rule = named["rule"] else { throw error(node, "an entry of suppress needs a rule") }
        let code = try page(rule).code
        guard let reason = named["reason"] else {
            throw error(node, "an entry of suppress needs a reason", "why is this no fault here?")
        }
        let places = members.filter { ["path", "file", "fingerprint"].contains($0.name) }
        if places.count > 1 {
            throw error(places[1].key, "an entry of suppress has one of path, file and fingerprint")
        }
        var scope = ConfiguredSuppression.Scope.everywhere
        if let place = places.first {
            switch place.name {
            case "path": scope = .path(try pattern(place.value, "path"))
            case "file": scope = .file(try pattern(place.value, "file"))
            default: scope = .fingerprint(Fingerprint(rawValue: try text(place.value, "fingerprint")))
            }
        }
        return ConfiguredSuppression(
            rule: code, scope: scope, reason: SafeText.escape(String(try text(reason, "reason").prefix(200))),
            line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, text: line(of: node))
    }
}

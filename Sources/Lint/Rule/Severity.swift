/// How bad a finding is. The names are those of SARIF's `level`.
package enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
    /// Worth knowing; often a choice.
    case note
    /// Will hurt under load, over time or under attack.
    case warning
    /// Broken or open now.
    case error

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// How sure a rule is that what it saw is what it says.
package enum Confidence: String, Hashable, Sendable, CaseIterable {
    case low, medium, high
}

/// Where a rule finds its evidence.
package enum Way: String, Hashable, Sendable, CaseIterable {
    /// In recorded or live traffic.
    case wire
    /// In the answers of a running server.
    case probe
    /// In source code and configuration.
    case source
}

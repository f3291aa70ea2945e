/// A number that decides whether something is a finding; every one can be set in `ws101.yml`.
package struct Threshold: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        /// Seconds.
        case duration(Double)
        case count(Int)
        case bytes(Int)
        /// 0 to 1, or a factor.
        case ratio(Double)

        package var number: Double {
            switch self {
            case .duration(let value), .ratio(let value): value
            case .count(let value), .bytes(let value): Double(value)
            }
        }
    }

    package let name: String
    package let value: Value
    /// What it is a threshold of, in a few words.
    package let meaning: String

    package init(_ name: String, _ value: Value, _ meaning: String) {
        self.name = name
        self.value = value
        self.meaning = meaning
    }
}

/// A rule's thresholds as configured for one endpoint, and what is known of that endpoint.
package struct RuleSettings: Sendable {
    private var values: [String: Threshold.Value] = [:]
    package let traits: EndpointTraits

    /// - Parameter changes: Values by threshold name; names that the page lacks are ignored.
    package init(
        _ page: RulePage, changes: [String: Threshold.Value] = [:], traits: EndpointTraits = EndpointTraits()
    ) {
        self.traits = traits
        for threshold in page.thresholds { values[threshold.name] = changes[threshold.name] ?? threshold.value }
    }

    /// Nanoseconds.
    package func duration(_ name: String) -> Int64 { Int64(number(name) * 1e9) }
    package func count(_ name: String) -> Int { Int(number(name)) }
    package func bytes(_ name: String) -> Int { Int(number(name)) }
    package func ratio(_ name: String) -> Double { number(name) }

    private func number(_ name: String) -> Double {
        guard let value = values[name] else { preconditionFailure("no threshold \(name) on this rule's page") }
        return value.number
    }
}

/// What only its owner knows of an endpoint.
package struct EndpointTraits: Hashable, Sendable {
    /// Anyone may connect: no authentication is expected.
    package var isPublic = false
    /// A proxy in front ends TLS; what is recorded is behind it.
    package var isTLSTerminated = false
    /// After how many seconds without a byte an intermediary cuts the connection, and which one.
    package var idleLimit: IdleLimit?

    package init() {}
}

/// How long an intermediary lets a connection be silent.
package struct IdleLimit: Hashable, Sendable {
    package let name: String
    package let seconds: Double

    package init(_ name: String, seconds: Double) {
        self.name = name
        self.seconds = seconds
    }

    /// The defaults of what most often stands in front of a server.
    package static let profiles = [
        IdleLimit("nginx", seconds: 60), IdleLimit("alb", seconds: 60), IdleLimit("heroku", seconds: 55),
        IdleLimit("gcp", seconds: 30), IdleLimit("apigw", seconds: 600), IdleLimit("haproxy", seconds: 50),
    ]
}

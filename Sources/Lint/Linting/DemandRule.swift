import Connection
package import Wire

/// A rule that judges some of what the standard demands of the heads of an opening handshake.
package protocol DemandOwner: LintRule {
    /// Every demand has one rule; a test proves it.
    static var owned: Set<Demand.Rule> { get }
}

/// A rule that reports such demands as they are broken: it only says which are its own.
protocol DemandRule: ConnectionRule, DemandOwner {
    init()
}

extension DemandRule {
    static var watches: EventKinds { .head }

    init(_ settings: RuleSettings) { self.init() }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .head(let head) = event.kind else { return }
        Self.reportBroken(in: head, on: connection, &report)
    }

    static func reportBroken(in head: Event.Head, on connection: LintedConnection, _ report: inout Report) {
        guard head.demands.contains(where: \.isBroken) else { return }
        for demand in head.brokenDemands where owned.contains(demand.rule) {
            report.add(
                head.complaint(demand), at: connection.place(of: head, field: demand.field),
                subject: demand.rule.rawValue)
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        Self.verdict(on: connection)
    }

    static func verdict(on connection: LintedConnection) -> Verdict {
        var reason: String?
        var isBroken = false
        for head in [connection.request, connection.response] {
            for demand in head?.demands ?? [] where owned.contains(demand.rule) {
                switch demand.verdict {
                case .met: return .pass
                case .notApplicable(let why): reason = reason ?? why
                case .broken: isBroken = true
                }
            }
        }
        if let reason { return .notApplicable(reason) }
        if isBroken { return .otherCause }
        return connection.request == nil ? .noRequest : .noAnswer
    }
}

extension Event.Head {
    /// Of demands that one fault breaks, the one that names it. A refusal breaks none: it is an answer.
    var brokenDemands: [Demand] {
        if side == .server, head.status != 101 { return [] }
        let broken = demands.filter(\.isBroken)
        return broken.filter { demand in
            guard let cause = demand.rule.impliedBy else { return true }
            return !broken.contains { $0.rule == cause }
        }
    }

    /// Why a demand is broken, with the field it is about; credentials that stand in the field are masked.
    func complaint(_ demand: Demand) -> String {
        guard case .broken(var why) = demand.verdict else { return demand.text }
        for token in head.tokens("Sec-WebSocket-Protocol") where Credential.isSecret(protocol: token) {
            why = why.replacing(SafeText.escape(token), with: Secret.masked(token))
        }
        let whole = demand.field.map { why.hasPrefix($0) ? why : "\($0): \(why)" } ?? why
        return whole.count <= 200 ? whole : whole.prefix(199) + "…"
    }
}

extension Demand.Rule {
    /// If that one is broken, this one is for the same cause: a field that is there twice has a second value.
    fileprivate var impliedBy: Demand.Rule? {
        switch self {
        case .key: .keyOnce
        case .webSocketVersion: .webSocketVersionOnce
        case .accept: .acceptOnce
        case .subprotocolAnswer: .subprotocolOnce
        case .extensionsAnswer: .extensionsOnce
        case .compression: .extensionsAnswer
        case .requestGrammar, .method, .requestVersion, .target, .host, .upgrade, .connection, .keyOnce,
            .webSocketVersionOnce, .origin, .subprotocols, .extensions, .requestBody, .status, .supportedVersions,
            .responseGrammar, .responseVersion, .upgradeAnswer, .connectionAnswer, .acceptOnce, .subprotocolOnce,
            .extensionsOnce, .responseBody:
            nil
        }
    }
}

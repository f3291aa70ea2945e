import Connection
import Wire

/// A rule about what the standard demands of the heads of an opening handshake: it only says which demands are its own.
protocol DemandRule: ConnectionRule {
    /// Every demand has one rule; a test proves it.
    static var owned: Set<Demand.Rule> { get }

    init()
}

extension DemandRule {
    static var watches: EventKinds { .head }

    init(_ settings: RuleSettings) { self.init() }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .head(let head) = event.kind else { return }
        for demand in head.brokenDemands where Self.owned.contains(demand.rule) {
            report.add(
                demand.complaint, at: connection.place(of: head, field: demand.field), subject: demand.rule.rawValue)
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        let demands = (connection.request?.demands ?? []) + (connection.response?.demands ?? [])
        let own = demands.filter { Self.owned.contains($0.rule) }
        if own.contains(where: { $0.verdict == .met }) { return .pass }
        for case .notApplicable(let reason) in own.map(\.verdict) { return .notApplicable(reason) }
        return .notApplicable(connection.request == nil ? Unjudged.noRequest : Unjudged.noAnswer)
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

extension Demand {
    /// Why it is broken, with the field it is about.
    var complaint: String {
        guard case .broken(let why) = verdict else { return text }
        let whole = field.map { why.hasPrefix($0) ? why : "\($0): \(why)" } ?? why
        return whole.count <= 200 ? whole : whole.prefix(199) + "…"
    }
}

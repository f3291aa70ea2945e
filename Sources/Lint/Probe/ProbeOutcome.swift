/// What a step says about one rule.
package struct ProbeOutcome: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case finding(ProbeFinding)
        case pass
        /// Why there was no evidence, in a few words.
        case notApplicable(String)
    }

    package let rule: RuleCode
    package let kind: Kind

    package static func pass(_ rule: RuleCode) -> ProbeOutcome { ProbeOutcome(rule: rule, kind: .pass) }

    package static func notApplicable(_ rule: RuleCode, _ why: String) -> ProbeOutcome {
        ProbeOutcome(rule: rule, kind: .notApplicable(why))
    }

    /// - Parameters:
    ///   - message: The figures of this case in one line; safe text.
    ///   - subject: Tells two findings of one rule apart; the same in every run.
    ///   - severity: Where the evidence speaks for another than the page's.
    ///   - exchange: What was sent and what came back.
    package static func finding(
        _ rule: RuleCode, _ message: String, subject: String = "", severity: Severity? = nil,
        confidence: Confidence? = nil, _ exchange: [String] = []
    ) -> ProbeOutcome {
        let finding = ProbeFinding(
            message: message, subject: subject, severity: severity, confidence: confidence, exchange: exchange)
        return ProbeOutcome(rule: rule, kind: .finding(finding))
    }

    /// What was sent and what came back, of a finding.
    var exchange: [String] {
        switch kind {
        case .finding(let finding): finding.exchange
        case .pass, .notApplicable: []
        }
    }

    package var isFinding: Bool {
        switch kind {
        case .finding: true
        case .pass, .notApplicable: false
        }
    }
}

package struct ProbeFinding: Hashable, Sendable {
    package let message: String
    package let subject: String
    package let severity: Severity?
    package let confidence: Confidence?
    package let exchange: [String]
}

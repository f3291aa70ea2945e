/// Takes what one rule finds, on one connection or on all.
package struct Report {
    var findings = Findings()
    private let settings: LintSettings
    /// The rule that is being asked; nil before the first. Whoever asks it holds it.
    var asked: Unmanaged<RuleAtWork>?

    init(settings: LintSettings) { self.settings = settings }

    /// A finding; told as often as it is seen, made once for each `subject` of a connection; by a `RecordingRule`, for
    /// each `subject` of an endpoint.
    ///
    /// - Parameters:
    ///   - message: The figures of this case in one line; safe text.
    ///   - subject: Tells two findings of one rule at one endpoint apart: a field's name, a side, a kind of message.
    ///     Must not be text that is different every time.
    ///   - severity: Where the evidence speaks for another than the page's.
    package mutating func add(
        _ message: @autoclosure () -> String, at place: @autoclosure () -> WirePlace, subject: String = "",
        severity: Severity? = nil, confidence: Confidence? = nil
    ) {
        guard let asked = asked?.takeUnretainedValue() else { return }
        if let seen = asked.known.first(where: { $0.subject == subject }) {
            if let id = seen.id { findings.again(id) }
            return
        }
        let page = asked.page
        let place = place()
        guard settings.isOn(page, at: place.path) else { return }
        let fingerprint = Fingerprint([page.code.rawValue, place.path ?? "", subject])
        let id = findings.add(
            page, settings.severity(of: page.code, at: place.path) ?? severity ?? page.severity,
            confidence ?? page.confidence, message(),
            at: .wire(place), fingerprint: fingerprint)
        asked.hasFindings = true
        if !asked.isOfRecording { asked.known.append((subject, id)) }
    }

    /// Whether this rule has found something on this connection; a `RecordingRule`, on any.
    package var hasFindings: Bool { asked?.takeUnretainedValue().hasFindings ?? false }

    mutating func ask(_ rule: RuleAtWork) { asked = Unmanaged.passUnretained(rule) }

    /// - Parameter verdict: Of the rule that was asked last.
    mutating func tally(_ verdict: Verdict) {
        guard let asked = asked?.takeUnretainedValue() else { return }
        if asked.hasFindings {
            findings.tally(asked.page.code) { $0.failed += 1 }
        } else {
            findings.passed(asked.page.code, verdict)
        }
    }
}

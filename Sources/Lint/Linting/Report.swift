/// Takes what one rule finds, on one connection or on all.
package struct Report {
    var findings = Findings()
    private let settings: LintSettings
    /// The rule that is being asked; nil before the first.
    var page: RulePage?
    /// What it has found on this connection already, by subject.
    var known: [(subject: String, id: Finding.ID?)] = []
    /// It judges all connections together, and nothing is known of any single one.
    var isOfRecording = false
    var hasRecordingFindings = false

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
        if !isOfRecording, let seen = known.first(where: { $0.subject == subject }) {
            if let id = seen.id { findings.again(id) }
            return
        }
        guard let page else { return }
        let place = place()
        guard settings.isOn(page, at: place.path) else { return }
        let fingerprint = Fingerprint([page.code.rawValue, place.path ?? "", subject])
        let id = findings.add(
            page, settings.severity(of: page.code, at: place.path) ?? severity ?? page.severity,
            confidence ?? page.confidence, message(),
            at: .wire(place), fingerprint: fingerprint)
        if isOfRecording { hasRecordingFindings = true } else { known.append((subject, id)) }
    }

    /// Whether this rule has found something on this connection; a `RecordingRule`, on any.
    package var hasFindings: Bool { isOfRecording ? hasRecordingFindings : !known.isEmpty }
}

/// What a client says to a journal.
struct JournalRequest: Decodable, Sendable {
    let say: String
    /// Its own for the message; the same when it says it again.
    let id: String

    static let longestID = 64
}

/// What a journal says to its clients; each is one JSON object.
package enum JournalWord: Hashable, Sendable {
    /// The first: which node it is, and where the journal stands.
    case welcome(node: String, at: String?)
    case entry(seq: String, text: String)
    /// What was between `after` and the next entry is no longer kept.
    case gap(after: String, next: String?, why: String)
    case acknowledged(id: String, seq: String)
    case refused(id: String, why: String)

    package var text: String {
        switch self {
        case .welcome(let node, let position): JSONLine.text(JournalForm(node: node, at: position))
        case .entry(let seq, let text): JSONLine.text(JournalForm(seq: seq, text: text))
        case .gap(let after, let next, let why):
            JSONLine.text(JournalForm(gap: JournalForm.Gap(after: after, next: next, why: why)))
        case .acknowledged(let id, let seq): JSONLine.text(JournalForm(ack: id, seq: seq))
        case .refused(let id, let why): JSONLine.text(JournalForm(nack: id, why: why))
        }
    }

    /// Nil for what is none of them.
    package init?(_ text: some StringProtocol) {
        guard let form = JSONLine.value(JournalForm.self, text) else { return nil }
        if let node = form.node {
            self = .welcome(node: node, at: form.at)
        } else if let id = form.ack, let seq = form.seq {
            self = .acknowledged(id: id, seq: seq)
        } else if let id = form.nack {
            self = .refused(id: id, why: form.why ?? "")
        } else if let gap = form.gap {
            self = .gap(after: gap.after, next: gap.next, why: gap.why)
        } else if let seq = form.seq, let text = form.text {
            self = .entry(seq: seq, text: text)
        } else {
            return nil
        }
    }
}

/// All of them as one JSON object with what applies.
private struct JournalForm: Codable {
    struct Gap: Codable {
        let after: String
        let next: String?
        let why: String
    }

    var node: String?
    var at: String?
    var ack: String?
    var nack: String?
    var seq: String?
    var text: String?
    var gap: Gap?
    var why: String?
}

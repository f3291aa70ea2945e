/// Judges a server's answer to an opening handshake, RFC 6455 §4.2.2 and §4.1.
struct ResponseJudge {
    let head: HTTPHead
    let request: HTTPHead

    private static let noSwitch = Demand.Verdict.notApplicable("the server did not switch protocols")

    var demands: [Demand] {
        let isSwitch = head.status == 101
        let always = [
            Demand(.status, status), Demand(.supportedVersions, supportedVersions),
            Demand(.responseGrammar, head.faults.isEmpty ? .met : .broken(head.faults.joined(separator: "; "))),
            Demand(.responseVersion, httpVersion),
        ]
        let ofSwitch: [Demand] = [
            Demand(.upgradeAnswer, upgrade), Demand(.connectionAnswer, connection), Demand(.accept, accept),
            Demand(.acceptOnce, once("Sec-WebSocket-Accept")), Demand(.subprotocolAnswer, subprotocol),
            Demand(.subprotocolOnce, once("Sec-WebSocket-Protocol")), Demand(.extensionsAnswer, extensions),
            extensionsOnce, Demand(.compression, compression), Demand(.responseBody, body),
        ]
        return always + (isSwitch ? ofSwitch : ofSwitch.map { Demand($0.rule, ResponseJudge.noSwitch) })
    }

    private var status: Demand.Verdict {
        guard case .response = head.startLine else { return .broken("there is no status line") }
        guard let why = OpeningHandshake.refusal(in: head, to: request) else { return .met }
        return .broken(why)
    }

    /// "it MUST respond with a |Sec-WebSocket-Version| header field … containing all versions it is willing to use", §4.4.
    private var supportedVersions: Demand.Verdict {
        guard let status = head.status, status != 101 else { return .notApplicable("the version was accepted") }
        let asked = request.values("Sec-WebSocket-Version")
        if status != 426, asked == [OpeningHandshake.version] { return .notApplicable("the version was not refused") }
        let versions = head.tokens("Sec-WebSocket-Version")
        if versions.isEmpty { return .broken("Sec-WebSocket-Version is missing") }
        let wrong = versions.first { text in UInt8(text).map { String($0) != text } ?? true }
        return wrong.map { .broken("\(SafeText.escape($0)) is no number from 0 to 255") } ?? .met
    }

    private var httpVersion: Demand.Verdict {
        guard case .response(let version, _, _) = head.startLine else { return .broken("there is no status line") }
        return HTTPVersion(version)?.isEnough == true ? .met : .broken("the version is \(SafeText.escape(version))")
    }

    private var upgrade: Demand.Verdict {
        let values = head.tokens("Upgrade")
        if values.isEmpty { return .broken("Upgrade is missing") }
        let other = values.first { !$0.equalsIgnoringCase("websocket") }
        return other.map { .broken("it names \(SafeText.escape($0))") } ?? .met
    }

    private var connection: Demand.Verdict {
        if head.contains("Upgrade", in: "Connection") { return .met }
        let tokens = head.tokens("Connection")
        if tokens.isEmpty { return .broken("Connection is missing") }
        return .broken("it is \(SafeText.escape(tokens.joined(separator: ", ")))")
    }

    private var accept: Demand.Verdict {
        guard let key = request.values("Sec-WebSocket-Key").first else {
            return .notApplicable("the request has no key to derive it from")
        }
        guard let value = head.values("Sec-WebSocket-Accept").first else {
            return .broken("Sec-WebSocket-Accept is missing")
        }
        let expected = AcceptKey.accept(for: key)
        if value == expected { return .met }
        let hint = AcceptMistake(value: value, key: key).map { "; \($0.explanation)" } ?? ""
        return .broken("it must be \(expected)\(hint)")
    }

    private func once(_ field: String) -> Demand.Verdict {
        let count = head.values(field).count
        switch count {
        case 0: return .notApplicable("\(field) is not there")
        case 1: return .met
        default: return .broken("\(field) is there \(count) times")
        }
    }

    private var subprotocol: Demand.Verdict {
        let values = head.values("Sec-WebSocket-Protocol")
        let offered = request.tokens("Sec-WebSocket-Protocol")
        if values.isEmpty {
            return .notApplicable(offered.isEmpty ? "none was asked for" : "the server chose none of those offered")
        }
        for value in values {
            if value.isEmpty { return .broken("it is empty, which is not the same as none") }
            if !value.isToken { return .broken("\(SafeText.escape(value)) is no single token") }
            if !offered.contains(value) { return .broken("\(value) was not offered") }
        }
        return .met
    }

    private var extensions: Demand.Verdict {
        let values = head.values("Sec-WebSocket-Extensions")
        if values.isEmpty { return .notApplicable("the server chose none") }
        switch ExtensionOffer.parse(values) {
        case .failure(let fault): return .broken(fault.description)
        case .success(let answers):
            let offered = (try? ExtensionOffer.parse(request.values("Sec-WebSocket-Extensions")).get()) ?? []
            let stranger = answers.first { answer in !offered.contains { $0.name == answer.name } }
            return stranger.map { .broken("\($0.name) was not offered") } ?? .met
        }
    }

    /// The standard contradicts itself: "MUST NOT appear more than once in an HTTP response", §11.3.2, but "they can all
    /// be listed in a single … header field or split between multiple instances", §4.2.2. No server is blamed for it.
    private var extensionsOnce: Demand {
        let count = head.values("Sec-WebSocket-Extensions").count
        if count == 0 { return Demand(.extensionsOnce, .notApplicable("Sec-WebSocket-Extensions is not there")) }
        let note = "\(count) fields: §11.3.2 forbids what §4.2.2 allows"
        return Demand(.extensionsOnce, .met, note: count > 1 ? note : nil)
    }

    private var compression: Demand.Verdict {
        let values = head.values("Sec-WebSocket-Extensions")
        guard case .success(let answers) = ExtensionOffer.parse(values),
            answers.contains(where: { $0.name == DeflateParameters.name })
        else { return .notApplicable("messages are not compressed") }
        let offer = request.values("Sec-WebSocket-Extensions")
        switch DeflateParameters.agreed(response: values, offer: offer) {
        case .success: return .met
        case .failure(let fault): return .broken(fault.description)
        }
    }

    /// "A server MUST NOT send a Content-Length header field in any response with a status code of 1xx", RFC 9110 §8.6;
    /// the same for Transfer-Encoding, RFC 9112 §6.1.
    private var body: Demand.Verdict {
        let present = ["Content-Length", "Transfer-Encoding"].first { !head.values($0).isEmpty }
        return present.map { .broken("\($0) has no place in a 101") } ?? .met
    }
}

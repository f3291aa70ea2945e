/// One `permessage-deflate; …` as it is written in a header, by a client or a server, RFC 7692 §7.1.
struct DeflateElement: Hashable {
    enum ClientWindow: Hashable {
        case absent
        /// `client_max_window_bits` alone: "the client supports it", in an offer only, §7.1.2.2.
        case noValue
        case bits(Int)
    }

    var serverNoContextTakeover = false
    var clientNoContextTakeover = false
    var serverMaxWindowBits: Int?
    var clientMaxWindowBits = ClientWindow.absent

    /// "A server MUST decline an extension negotiation offer … if" a parameter is not defined for use in it, has an
    /// invalid value, or is there more than once, §7.1.
    static func parse(_ element: ExtensionOffer) -> Result<DeflateElement, NegotiationFault> {
        var result = DeflateElement()
        var seen: Set<String> = []
        for parameter in element.parameters {
            guard seen.insert(parameter.name).inserted else { return .failure(fault(parameter, "is there twice")) }
            guard result.set(parameter) else {
                return .failure(fault(parameter, known(parameter.name) ? "has an invalid value" : "is not defined"))
            }
        }
        return .success(result)
    }

    private mutating func set(_ parameter: ExtensionOffer.Parameter) -> Bool {
        switch parameter.name {
        case "server_no_context_takeover":
            serverNoContextTakeover = true
            return parameter.value == nil
        case "client_no_context_takeover":
            clientNoContextTakeover = true
            return parameter.value == nil
        case "server_max_window_bits":
            serverMaxWindowBits = DeflateElement.bits(parameter.value)
            return serverMaxWindowBits != nil
        case "client_max_window_bits":
            clientMaxWindowBits = DeflateElement.bits(parameter.value).map { .bits($0) } ?? .noValue
            return parameter.value == nil || clientMaxWindowBits != .noValue
        default:
            return false
        }
    }

    /// "a decimal integer value without leading zeroes between 8 to 15, inclusive", §7.1.2.
    private static func bits(_ value: String?) -> Int? {
        guard let value, let bits = Int(value), (8...15).contains(bits), String(bits) == value else { return nil }
        return bits
    }

    private static func known(_ name: String) -> Bool {
        [
            "server_no_context_takeover", "client_no_context_takeover", "server_max_window_bits",
            "client_max_window_bits",
        ].contains(name)
    }

    private static func fault(_ parameter: ExtensionOffer.Parameter, _ text: String) -> NegotiationFault {
        NegotiationFault(description: "parameter \(parameter.name) of \(DeflateParameters.name) \(text)")
    }

    var header: String {
        var parts = [DeflateParameters.name]
        if serverNoContextTakeover { parts.append("server_no_context_takeover") }
        if clientNoContextTakeover { parts.append("client_no_context_takeover") }
        if let serverMaxWindowBits { parts.append("server_max_window_bits=\(serverMaxWindowBits)") }
        switch clientMaxWindowBits {
        case .absent: break
        case .noValue: parts.append("client_max_window_bits")
        case .bits(let bits): parts.append("client_max_window_bits=\(bits)")
        }
        return parts.joined(separator: "; ")
    }
}

/// An offer and its answer.
extension DeflateElement {
    /// What a server that wants these parameters answers to this offer.
    func answer(wanting: DeflateParameters) -> DeflateElement {
        var answer = DeflateElement()
        answer.serverNoContextTakeover = serverNoContextTakeover || wanting.serverNoContextTakeover
        answer.clientNoContextTakeover = clientNoContextTakeover || wanting.clientNoContextTakeover
        let bits = min(serverMaxWindowBits ?? 15, wanting.serverMaxWindowBits)
        if serverMaxWindowBits != nil || bits < 15 { answer.serverMaxWindowBits = bits }
        // "If a received extension negotiation offer doesn't have the "client_max_window_bits" extension parameter, the
        // corresponding extension negotiation response to the offer MUST NOT include" it, §7.1.2.2.
        switch clientMaxWindowBits {
        case .absent: break
        case .noValue:
            let bits = wanting.clientMaxWindowBits
            if bits < 15 { answer.clientMaxWindowBits = .bits(bits) }
        case .bits(let offered): answer.clientMaxWindowBits = .bits(min(offered, wanting.clientMaxWindowBits))
        }
        return answer
    }

    /// Why this is no valid answer to `offer`; nil where it is one.
    func fault(answering offer: DeflateElement) -> NegotiationFault? {
        if offer.serverNoContextTakeover, !serverNoContextTakeover {
            return fault("server_no_context_takeover was asked for and is missing")
        }
        if let asked = offer.serverMaxWindowBits {
            guard let bits = serverMaxWindowBits else {
                return fault("server_max_window_bits was asked for and is missing")
            }
            if bits > asked { return fault("server_max_window_bits is \(bits), larger than the \(asked) asked for") }
        }
        switch (clientMaxWindowBits, offer.clientMaxWindowBits) {
        case (.absent, _), (.bits, .noValue): return nil
        case (.noValue, _): return fault("client_max_window_bits has no value")
        case (.bits, .absent): return fault("client_max_window_bits was not offered")
        case (.bits(let bits), .bits(let offered)):
            return bits <= offered
                ? nil : fault("client_max_window_bits is \(bits), larger than the \(offered) offered")
        }
    }

    /// What this answer to `offer` means for both sides. A window the client promised by itself holds even where the
    /// answer does not repeat it, §7.1.2.2.
    func agreed(to offer: DeflateElement) -> DeflateParameters {
        DeflateParameters(
            serverNoContextTakeover: serverNoContextTakeover, clientNoContextTakeover: clientNoContextTakeover,
            serverMaxWindowBits: serverMaxWindowBits ?? 15,
            clientMaxWindowBits: clientMaxWindowBits.bits ?? offer.clientMaxWindowBits.bits ?? 15)
    }

    private func fault(_ text: String) -> NegotiationFault {
        NegotiationFault(description: "\(DeflateParameters.name): \(text)")
    }
}

extension DeflateElement.ClientWindow {
    var bits: Int? {
        switch self {
        case .absent, .noValue: nil
        case .bits(let bits): bits
        }
    }
}

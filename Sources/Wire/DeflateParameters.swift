/// What both sides agreed on for permessage-deflate, RFC 7692 §7.1; also what one side would like.
package struct DeflateParameters: Hashable, Sendable {
    /// The server compresses each message on its own, §7.1.1.1.
    package var serverNoContextTakeover: Bool
    /// The client compresses each message on its own, §7.1.1.2.
    package var clientNoContextTakeover: Bool
    /// Base-2 logarithm of the server's LZ77 window, 8…15, §7.1.2.1.
    package var serverMaxWindowBits: Int
    /// Base-2 logarithm of the client's LZ77 window, 8…15, §7.1.2.2.
    package var clientMaxWindowBits: Int

    package init(
        serverNoContextTakeover: Bool = false, clientNoContextTakeover: Bool = false,
        serverMaxWindowBits: Int = 15, clientMaxWindowBits: Int = 15
    ) {
        self.serverNoContextTakeover = serverNoContextTakeover
        self.clientNoContextTakeover = clientNoContextTakeover
        self.serverMaxWindowBits = min(max(serverMaxWindowBits, 8), 15)
        self.clientMaxWindowBits = min(max(clientMaxWindowBits, 8), 15)
    }

    /// The extension's registered name, §7.
    package static let name = "permessage-deflate"

    /// Whether the messages of `sender` are each compressed on their own.
    package func noContextTakeover(of sender: Side) -> Bool {
        switch sender {
        case .client: clientNoContextTakeover
        case .server: serverNoContextTakeover
        }
    }

    /// The window of `sender`, 8…15.
    package func windowBits(of sender: Side) -> Int {
        switch sender {
        case .client: clientMaxWindowBits
        case .server: serverMaxWindowBits
        }
    }
}

/// The two sides' part in the negotiation, §5.1 and §7.1.
extension DeflateParameters {
    /// What a client writes in `Sec-WebSocket-Extensions`. `client_max_window_bits` is always among it, so that the
    /// server may ask for a smaller window.
    package static func offer(wanting: DeflateParameters = DeflateParameters()) -> String {
        let bits = wanting.clientMaxWindowBits
        return DeflateElement(
            serverNoContextTakeover: wanting.serverNoContextTakeover,
            clientNoContextTakeover: wanting.clientNoContextTakeover,
            serverMaxWindowBits: wanting.serverMaxWindowBits < 15 ? wanting.serverMaxWindowBits : nil,
            clientMaxWindowBits: bits < 15 ? .bits(bits) : .noValue
        ).header
    }

    /// The server's choice among a client's offers: the first valid one of permessage-deflate. Offers with a parameter
    /// that is unknown, doubled or has an invalid value are declined, §7.1.
    /// - Parameters:
    ///   - offers: The values of the request's `Sec-WebSocket-Extensions`.
    ///   - wanting: What the server asks for where the offer lets it; a window is never made larger than offered.
    /// - Returns: Nil where the connection goes without compression; else what to write in the response.
    package static func negotiate(
        offers: [String], wanting: DeflateParameters = DeflateParameters()
    ) -> (parameters: DeflateParameters, header: String)? {
        guard case .success(let elements) = ExtensionOffer.parse(offers) else { return nil }
        for element in elements where element.name == name {
            guard case .success(let offer) = DeflateElement.parse(element) else { continue }
            let answer = offer.answer(wanting: wanting)
            return (answer.agreed(to: offer), answer.header)
        }
        return nil
    }

    /// The client's check of what the server answered, §5.1, §7.1 and RFC 6455 §4.1.
    /// - Parameters:
    ///   - response: The values of the response's `Sec-WebSocket-Extensions`.
    ///   - offer: The values of the request's.
    /// - Returns: What both use now, nil for no compression; a failure is what a client must fail the connection for.
    package static func agreed(
        response: [String], offer: [String]
    ) -> Result<DeflateParameters?, NegotiationFault> {
        ExtensionOffer.parse(response).flatMap { answers in
            ExtensionOffer.parse(offer).flatMap { offers in agreed(answers, offers) }
        }
    }

    private static func agreed(
        _ answers: [ExtensionOffer], _ offers: [ExtensionOffer]
    ) -> Result<DeflateParameters?, NegotiationFault> {
        if let stranger = answers.first(where: { answer in !offers.contains { $0.name == answer.name } }) {
            return .failure(NegotiationFault(description: "\(stranger.name) was not offered"))
        }
        let mine = answers.filter { $0.name == name }
        guard let answer = mine.first else { return .success(nil) }
        guard mine.count == 1 else {
            return .failure(NegotiationFault(description: "\(name) is there \(mine.count) times"))
        }
        return DeflateElement.parse(answer).flatMap { answer in
            let valid = offers.filter { $0.name == name }.compactMap { try? DeflateElement.parse($0).get() }
            guard let offer = valid.first(where: { answer.fault(answering: $0) == nil }) else {
                let fault = valid.first.flatMap { answer.fault(answering: $0) }
                return .failure(fault ?? NegotiationFault(description: "no valid offer of \(name) was made"))
            }
            return .success(answer.agreed(to: offer))
        }
    }
}

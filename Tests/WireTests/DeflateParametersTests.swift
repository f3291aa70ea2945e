import Testing
import Wire

/// The negotiation of permessage-deflate, RFC 7692 §5.1 and §7.1.
struct DeflateParametersTests {
    /// What a server with no wishes answers; "–" declines. The first are the RFC's own examples.
    @Test(arguments: [
        ("permessage-deflate", "permessage-deflate"),
        ("permessage-deflate; client_max_window_bits", "permessage-deflate"),
        (
            "permessage-deflate; client_max_window_bits; server_max_window_bits=10",
            "permessage-deflate; server_max_window_bits=10"
        ),
        (
            "permessage-deflate; client_max_window_bits; server_max_window_bits=10, "
                + "permessage-deflate; client_max_window_bits",
            "permessage-deflate; server_max_window_bits=10"
        ),
        (
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        ),
        ("permessage-deflate; client_max_window_bits=9", "permessage-deflate; client_max_window_bits=9"),
        ("permessage-deflate; client_max_window_bits=\"15\"", "permessage-deflate; client_max_window_bits=15"),
        ("permessage-deflate; server_max_window_bits=8", "permessage-deflate; server_max_window_bits=8"),
        ("permessage-deflate; server_max_window_bits=15", "permessage-deflate; server_max_window_bits=15"),
        ("x-other, permessage-deflate", "permessage-deflate"),
        // Declined, and the next one taken where there is one.
        ("permessage-deflate; unknown", "–"), ("permessage-deflate; server_max_window_bits", "–"),
        ("permessage-deflate; server_max_window_bits=7", "–"), ("permessage-deflate; server_max_window_bits=16", "–"),
        ("permessage-deflate; server_max_window_bits=08", "–"), ("permessage-deflate; server_max_window_bits=+9", "–"),
        ("permessage-deflate; server_max_window_bits=x", "–"), ("permessage-deflate; client_max_window_bits=7", "–"),
        ("permessage-deflate; server_no_context_takeover=1", "–"),
        ("permessage-deflate; client_no_context_takeover=true", "–"),
        ("permessage-deflate; server_no_context_takeover; server_no_context_takeover", "–"),
        ("permessage-deflate; client_max_window_bits; client_max_window_bits=9", "–"),
        ("permessage-deflate; unknown, permessage-deflate", "permessage-deflate"),
        ("x-other", "–"), ("Permessage-Deflate", "–"), ("permessage-deflate;", "–"),
    ])
    func aServerTakesTheFirstValidOffer(offer: String, answer: String) {
        let negotiated = DeflateParameters.negotiate(offers: [offer])
        #expect(negotiated?.header ?? "–" == answer)
        guard let negotiated else { return }
        let agreed = DeflateParameters.agreed(response: [negotiated.header], offer: [offer])
        #expect(agreed == .success(negotiated.parameters), "the client understands the same")
    }

    @Test func whatTheServerWantsIsAskedForWhereTheOfferAllowsIt() {
        let wanting = DeflateParameters(
            serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: 11,
            clientMaxWindowBits: 10)
        func header(_ offer: String) -> String? {
            DeflateParameters.negotiate(offers: [offer], wanting: wanting)?.header
        }
        let takeover = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        #expect(header("permessage-deflate") == takeover + "; server_max_window_bits=11")
        let offer = "permessage-deflate; client_max_window_bits"
        #expect(header(offer) == takeover + "; server_max_window_bits=11; client_max_window_bits=10")
        #expect(header(offer + "=9") == takeover + "; server_max_window_bits=11; client_max_window_bits=9")
        #expect(
            header(offer + "; server_max_window_bits=9")
                == takeover + "; server_max_window_bits=9; client_max_window_bits=10")
    }

    @Test func offersInSeveralFieldsAreOneList() {
        let offers = ["x-a", "permessage-deflate; bad", "permessage-deflate; server_max_window_bits=9"]
        let parameters = DeflateParameters.negotiate(offers: offers)?.parameters
        #expect(parameters == DeflateParameters(serverMaxWindowBits: 9))
    }

    /// What a client concludes; nil for a failure.
    @Test(arguments: [
        ("permessage-deflate", "permessage-deflate", DeflateParameters()),
        (
            "permessage-deflate", "permessage-deflate; server_max_window_bits=9; client_no_context_takeover",
            DeflateParameters(clientNoContextTakeover: true, serverMaxWindowBits: 9)
        ),
        (
            "permessage-deflate; client_max_window_bits", "permessage-deflate; client_max_window_bits=8",
            DeflateParameters(clientMaxWindowBits: 8)
        ),
        // A client's hint is a promise even where the server does not repeat it, §7.1.2.2.
        (
            "permessage-deflate; client_max_window_bits=10", "permessage-deflate",
            DeflateParameters(clientMaxWindowBits: 10)
        ),
        (
            "permessage-deflate; server_max_window_bits=10, permessage-deflate", "permessage-deflate",
            DeflateParameters()
        ),
        ("x-a, permessage-deflate", "x-a, permessage-deflate", DeflateParameters()),
        ("permessage-deflate; client_max_window_bits", "permessage-deflate; client_max_window_bits", nil),
        ("permessage-deflate", "permessage-deflate; client_max_window_bits=10", nil),
        ("permessage-deflate; client_max_window_bits=9", "permessage-deflate; client_max_window_bits=10", nil),
        ("permessage-deflate; server_max_window_bits=10", "permessage-deflate", nil),
        ("permessage-deflate; server_max_window_bits=10", "permessage-deflate; server_max_window_bits=11", nil),
        ("permessage-deflate; server_no_context_takeover", "permessage-deflate", nil),
        ("permessage-deflate", "permessage-deflate; server_max_window_bits=16", nil),
        ("permessage-deflate", "permessage-deflate; server_max_window_bits", nil),
        ("permessage-deflate", "permessage-deflate; unknown", nil),
        ("permessage-deflate", "permessage-deflate; server_no_context_takeover=1", nil),
        (
            "permessage-deflate", "permessage-deflate; client_no_context_takeover; client_no_context_takeover", nil
        ),
        ("permessage-deflate", "permessage-deflate, permessage-deflate", nil),
        ("x-a", "permessage-deflate", nil), ("permessage-deflate", "x-a", nil), ("permessage-deflate", ";", nil),
        ("permessage-deflate; bad", "permessage-deflate", nil),
    ])
    func aClientChecksTheAnswer(offer: String, response: String, expected: DeflateParameters?) {
        switch DeflateParameters.agreed(response: [response], offer: [offer]) {
        case .success(let parameters): #expect(parameters == expected && expected != nil)
        case .failure(let fault): #expect(expected == nil && !fault.description.isEmpty)
        }
    }

    @Test func noAnswerMeansNoCompression() {
        #expect(DeflateParameters.agreed(response: [], offer: ["permessage-deflate"]) == .success(nil))
        #expect(DeflateParameters.agreed(response: [], offer: []) == .success(nil))
    }

    @Test(arguments: 8...15) func aClientsOfferSaysWhatItWants(bits: Int) {
        let wanting = DeflateParameters(
            serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: bits,
            clientMaxWindowBits: bits)
        let parameters = DeflateParameters.negotiate(offers: [DeflateParameters.offer(wanting: wanting)])?.parameters
        #expect(parameters == wanting)
        #expect(DeflateParameters.offer() == "permessage-deflate; client_max_window_bits")
    }

    @Test func eachSideHasItsOwnParameters() {
        let parameters = DeflateParameters(
            serverNoContextTakeover: true, serverMaxWindowBits: 9, clientMaxWindowBits: 10)
        #expect(parameters.windowBits(of: .server) == 9 && parameters.windowBits(of: .client) == 10)
        #expect(parameters.noContextTakeover(of: .server) && !parameters.noContextTakeover(of: .client))
    }
}

/// The opening handshake, RFC 6455 §4: judged demand by demand, and written.
package enum OpeningHandshake {
    /// The version of the protocol in RFC 6455.
    package static let version = "13"

    /// What §4.1 demands of a client's request and §4.2.1 has the server check, one by one.
    package static func judge(request: HTTPHead) -> [Demand] {
        RequestJudge(head: request).demands
    }

    /// What §4.2.2 demands of a server's response and §4.1 has the client check, one by one.
    package static func judge(response: HTTPHead, to request: HTTPHead) -> [Demand] {
        ResponseJudge(head: response, request: request).demands
    }
}

import Wire

extension ProbeSession {
    /// A connection whose messages may be compressed; nil where the server does not agree to that.
    func openDeflating() async throws -> (connection: ProbeConnection, agreed: DeflateParameters)? {
        guard facts.deflates != false else { return nil }
        var request = request()
        let offer = DeflateParameters.offer()
        request.set("Sec-WebSocket-Extensions", offer)
        let connection = try await open(request)
        guard case .head(let head) = connection.answer, connection.answer.isSwitch,
            case .success(let agreed?) = DeflateParameters.agreed(
                response: head.values("Sec-WebSocket-Extensions"), offer: [offer])
        else {
            facts.deflates = false
            await connection.leave()
            return nil
        }
        return (connection, agreed)
    }
}

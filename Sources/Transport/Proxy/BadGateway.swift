/// The response of a proxy that has no upstream, RFC 9110 §15.6.3.
enum BadGateway {
    static func response(_ failure: TransportError) -> [UInt8] {
        let body = "ws101 proxy: \(failure.what): \(failure.why).\n\(failure.advice)\n"
        return Array(
            """
            HTTP/1.1 502 Bad Gateway\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Length: \(body.utf8.count)\r
            Connection: close\r
            \r
            \(body)
            """.utf8)
    }
}

/// Writes an HTTP/1.1 head, RFC 9112 §2. What it writes is one head and nothing else: no value can smuggle in a line.
package struct HTTPHeadWriter {
    /// Our caller's mistake.
    package enum Fault: Error, Hashable, Sendable {
        /// White space, control characters or a fragment in the request's target.
        case target(String)
        /// No token, RFC 9110 §5.1.
        case name(String)
        /// A control character in the value of the field of that name.
        case value(String, name: String)
    }

    private var bytes: [UInt8] = []

    /// A GET request.
    package init(target: String) throws(Fault) {
        let isValid = !target.isEmpty && target.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != 0x23 }
        guard isValid else { throw .target(target) }
        line("GET \(target) HTTP/1.1")
    }

    /// - Parameter status: 100…999.
    package init(status: Int) throws(Fault) {
        line("HTTP/1.1 \(status) \(HTTPHeadWriter.phrase(status))")
    }

    package mutating func add(_ name: String, _ value: String) throws(Fault) {
        guard name.isToken else { throw .name(name) }
        guard value.utf8.allSatisfy(\.isFieldContent) else { throw .value(value, name: name) }
        line("\(name): \(value.trimmed)")
    }

    /// The head with its blank line.
    package consuming func finish() -> [UInt8] {
        line("")
        return bytes
    }

    private mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(contentsOf: [0x0d, 0x0a])
    }

    /// IANA's phrases of the statuses that a WebSocket server uses.
    private static func phrase(_ status: Int) -> String {
        switch status {
        case 101: "Switching Protocols"
        case 200: "OK"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 414: "URI Too Long"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }
}

extension HTTPHeadWriter.Fault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .target(let text):
            "\"\(SafeText.escape(text))\" is no request target: no spaces, no \"#\", no control characters"
        case .name(let text): "\"\(SafeText.escape(text))\" is no name of a header field"
        case .value(let text, let name): "the value \"\(SafeText.escape(text))\" of \(name) has a control character"
        }
    }
}

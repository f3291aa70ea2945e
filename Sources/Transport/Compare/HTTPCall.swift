import NIOHTTP1

/// A request to an `HTTPSite`, whole.
package struct HTTPCall: Sendable {
    package let method: String
    package let path: String
    package let query: [String: String]
    package let body: [UInt8]
    private let fields: [(name: String, value: String)]

    init(_ head: HTTPRequestHead, body: [UInt8]) {
        method = head.method.rawValue
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts.first ?? "/")
        let pairs = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (sides[0], sides.count > 1 ? sides[1] : "")
        }
        query = Dictionary(pairs) { first, _ in first }
        fields = head.headers.map { ($0.name, $0.value) }
        self.body = body
    }

    /// The value of the first header field of that name.
    package func field(_ name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }
}

/// An answer that is there at once.
package struct HTTPAnswer: Hashable, Sendable {
    package let status: Int
    package let fields: [String: String]
    package let body: [UInt8]

    package init(status: Int, fields: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    package init(status: Int, fields: [String: String] = [:], json: String) {
        var fields = fields
        fields["Content-Type"] = "application/json"
        self.init(status: status, fields: fields, body: Array(json.utf8))
    }

    /// Without regard to case.
    package func field(_ name: String) -> String? {
        fields.first { $0.key.lowercased() == name.lowercased() }?.value
    }

    package var text: String { String(decoding: body, as: UTF8.self) }
}

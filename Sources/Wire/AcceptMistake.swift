/// The usual ways to get `Sec-WebSocket-Accept` wrong, recognised by trying them.
enum AcceptMistake: CaseIterable {
    case echoedKey, noGUID, decodedKey, lowerCaseGUID, hexDigest

    init?(value: String, key: String) {
        guard let match = AcceptMistake.allCases.first(where: { $0.accept(for: key) == value }) else { return nil }
        self = match
    }

    private func accept(for key: String) -> String? {
        switch self {
        case .echoedKey: key
        case .noGUID: Base64.encode(SHA1.hash(Array(key.utf8)))
        case .decodedKey:
            Base64.decode(key).map { Base64.encode(SHA1.hash($0.bytes + Array(AcceptKey.guid.utf8))) }
        case .lowerCaseGUID: Base64.encode(SHA1.hash(Array((key + AcceptKey.guid.lowercased()).utf8)))
        case .hexDigest: Base64.encode(Array(AcceptKey(key: key).digest.map(\.hex).joined().utf8))
        }
    }

    var explanation: String {
        switch self {
        case .echoedKey: "this is the key itself"
        case .noGUID: "the server forgot to append the GUID"
        case .decodedKey: "the server decoded the key first; it is hashed as the text it is"
        case .lowerCaseGUID: "the server wrote the GUID in lower case"
        case .hexDigest: "the server encoded the hash's hexadecimal digits instead of its 20 bytes"
        }
    }
}

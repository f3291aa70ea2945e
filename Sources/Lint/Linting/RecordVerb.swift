import Wire

/// Words by which requests about records begin: create, read, update, delete, and their like.
enum RecordVerb {
    private static let words: [StaticString] = [
        "get", "list", "read", "fetch", "find", "create", "add", "insert", "update", "put", "set", "patch", "delete",
        "remove",
    ]

    /// Whether a kind of message begins with one, or its part behind the last ".", "/" or ":": "getUser", "GET_USER",
    /// "delete-user", "user.get", but not "listen".
    static func begins(_ type: Span<UInt8>) -> Bool {
        guard type.count <= 64 else { return false }
        var part = 0
        for index in 0..<type.count where [0x2e, 0x2f, 0x3a].contains(type[index]) { part = index + 1 }
        return begins(type, at: 0) || (part > 0 && begins(type, at: part))
    }

    private static func begins(_ type: Span<UInt8>, at start: Int) -> Bool {
        let word = type.extracting(start..<wordEnd(type, from: start))
        return words.contains { word.equals($0, ignoringCase: true) }
    }

    /// Capitals end a word, unless it is all in capitals.
    private static func wordEnd(_ type: Span<UInt8>, from start: Int) -> Int {
        func isCapital(_ index: Int) -> Bool { (0x41...0x5a).contains(type[index]) }
        var end = start
        let isLoud = start + 1 < type.count && isCapital(start) && isCapital(start + 1)
        while end < type.count, (0x61...0x7a).contains(type[end] | 0x20), end == start || isCapital(end) == isLoud {
            end += 1
        }
        return end
    }
}

/// Finds libraries and their versions in a JSON document by where they stand in it; such files are large, and only that
/// matters.
struct JSONLock {
    /// Where a library's name is.
    enum Naming {
        /// It is the key of the object that has the version: "node_modules/ws".
        case byKey
        /// It is a value in the same object, or in the one around it.
        case byMember([String])
    }

    private let text: [UInt8]
    private let naming: Naming
    private var index = 0
    private var found: [Lockfile.Entry] = []

    static func entries(_ text: [UInt8], named naming: Naming) -> [Lockfile.Entry] {
        var reader = JSONLock(text: text, naming: naming)
        reader.value(key: "", name: nil, depth: 0)
        return reader.found
    }

    private init(text: [UInt8], naming: Naming) {
        self.text = text
        self.naming = naming
    }

    /// - Parameter name: Of the library that the object around is about.
    private mutating func value(key: String, name: String?, depth: Int) {
        skipSpace()
        guard index < text.count, depth < 64 else { return }
        switch text[index] {
        case UInt8(ascii: "{"): object(key: key, name: name, depth: depth)
        case UInt8(ascii: "["):
            index += 1
            while next(until: UInt8(ascii: "]")) { value(key: key, name: nil, depth: depth + 1) }
        case UInt8(ascii: "\""): _ = string()
        default: while index < text.count, !Array(",]} \n\r\t".utf8).contains(text[index]) { index += 1 }
        }
    }

    private mutating func object(key: String, name: String?, depth: Int) {
        var name = name
        if case .byKey = naming { name = key.split(separator: "node_modules/").last.map(String.init) }
        index += 1
        while next(until: UInt8(ascii: "}")) {
            guard let member = string() else { return }
            skipSpace()
            guard index < text.count, text[index] == UInt8(ascii: ":") else { return }
            index += 1
            skipSpace()
            guard index < text.count, text[index] == UInt8(ascii: "\"") else {
                value(key: member.text, name: name, depth: depth + 1)
                continue
            }
            guard let content = string() else { return }
            if case .byMember(let names) = naming, names.contains(member.text) { name = content.text }
            if member.text == "version", let name { add(name, content) }
        }
    }

    private mutating func add(_ name: String, _ version: (text: String, bytes: Range<Int>)) {
        let plain = String(version.text.drop { $0 == "=" })
        found.append(Lockfile.Entry(library: name.lowercased(), version: plain, bytes: version.bytes))
    }

    /// Goes on to the next member; false, and behind the end, where there is none.
    private mutating func next(until end: UInt8) -> Bool {
        skipSpace()
        if index < text.count, text[index] == UInt8(ascii: ",") {
            index += 1
            skipSpace()
        }
        guard index < text.count else { return false }
        guard text[index] != end else {
            index += 1
            return false
        }
        return !Array("]}:".utf8).contains(text[index])
    }

    private mutating func string() -> (text: String, bytes: Range<Int>)? {
        guard index < text.count, text[index] == UInt8(ascii: "\"") else { return nil }
        let start = index + 1
        index = start
        while index < text.count, text[index] != UInt8(ascii: "\"") {
            index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard index < text.count else { return nil }
        let bytes = start..<index
        index += 1
        return (String(decoding: text[bytes], as: UTF8.self), bytes)
    }

    private mutating func skipSpace() {
        while index < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[index]) { index += 1 }
    }
}

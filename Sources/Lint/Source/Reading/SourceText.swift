/// Code as a row of names and signs, where its structure does not matter.
enum SourceText {
    /// All names, and all words of texts.
    static func names(in text: some StringProtocol) -> Set<String> {
        Set(String(text).split { !isNamePart($0) }.filter { $0.first?.isNumber == false }.map(String.init))
    }

    private static func isNamePart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "$"
    }

    /// The names that are followed by an opening bracket, each once, where they first are.
    static func calls(in text: [UInt8], _ bytes: Range<Int>) -> [(name: String, offset: Int)] {
        var found: [String: Int] = [:]
        var start = bytes.lowerBound
        for index in bytes where !isNameByte(text[index]) {
            if text[index] == 0x28, index > start {
                let name = String(decoding: text[start..<index], as: UTF8.self)
                if found[name] == nil { found[name] = start }
            }
            start = index + 1
        }
        return found.map { ($0.key, $0.value) }.sorted { $0.offset < $1.offset }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte == 0x5f || byte == 0x24 }

    /// The names in the list of parameters of a function of any of the languages.
    static func parameters(of function: String) -> Set<String> {
        let head = function.prefix(400)
        if let arrow = head.range(ofFirst: "=>"), !head[..<arrow].contains("(") {
            return names(in: head[..<arrow]).subtracting(["async"])
        }
        guard let open = head.firstIndex(of: "(") else { return [] }
        var depth = 0
        for index in head[open...].indices {
            if head[index] == "(" { depth += 1 }
            if head[index] == ")" { depth -= 1 }
            if depth == 0 { return names(in: head[open..<index]).subtracting(["self", "this", "_"]) }
        }
        return []
    }

    /// A name cut into its words, in lower case: "isAllowedOrigin" is "is", "allowed", "origin".
    static func words(of name: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = ""
        var wasUpper = false
        for character in name {
            let isUpper = character.isUppercase
            if !character.isLetter || isUpper && !wasUpper, !word.isEmpty {
                words.append(word)
                word = ""
            }
            if character.isLetter { word += character.lowercased() }
            wasUpper = isUpper
        }
        return word.isEmpty ? words : words + [word]
    }
}

extension StringProtocol {
    func range(ofFirst text: String) -> Index? { ranges(of: text).first?.lowerBound }
}

/// The modules that a file uses, and what its own names for them and their parts stand for.
struct ImportedNames: Sendable {
    private(set) var modules: Set<String> = []
    /// A local name to a module, or to a part of it, with dots: "WebSocket" to "ws", "S" to "ws.WebSocketServer".
    private var meanings: [String: String] = [:]

    init() {}

    /// What a name with dots stands for: "WebSocket.Server" for "ws.Server"; nil where nothing imported is meant.
    func meaning(of name: String) -> String? {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard let first = parts.first, let meaning = meanings[first] else { return nil }
        return parts.count == 1 ? meaning : meaning + "." + parts[1]
    }

    /// Whether the module, or a part of it, is used.
    func uses(_ module: String) -> Bool {
        modules.contains { $0 == module || $0.hasPrefix(module + ".") || $0.hasPrefix(module + "/") }
    }

    /// - Parameter text: A whole statement of import, or the one name that is declared by `require`.
    mutating func take(_ text: String, _ language: SourceLanguage) {
        switch language {
        case .javascript, .typescript, .tsx:
            text.hasPrefix("import") ? takeImport(text) : takeRequire(text)
        case .python: takePython(text)
        case .go: takeGo(text)
        case .swift: takeSwift(text)
        case .nginx: break
        }
    }

    private mutating func add(_ name: some StringProtocol, _ meaning: String) {
        let name = name.trimming()
        if !name.isEmpty { meanings[name] = meaning }
    }

    // MARK: JavaScript

    /// `import D, { A as B } from "m"`, `import * as N from "m"`.
    private mutating func takeImport(_ text: String) {
        guard let module = text.lastQuoted else { return }
        modules.insert(module)
        guard let from = text.ranges(of: "from").last else { return }
        let clause = text[..<from.lowerBound].dropFirst("import".count)
        let (outside, inside) = clause.splitBraces()
        for item in inside { addItem(item, " as ", module) }
        for item in outside {
            let words = item.split(whereSeparator: \.isWhitespace)
            guard let last = words.last, last != "type" else { continue }
            add(last, module)
        }
    }

    /// `{ A: B } = require("m")`, `N = require("m").A`.
    private mutating func takeRequire(_ text: String) {
        guard let module = text.firstQuotedOfCall, let equals = text.firstIndex(of: "=") else { return }
        modules.insert(module)
        let (outside, inside) = text[..<equals].splitBraces()
        for item in inside { addItem(item, ":", module) }
        let end = text.trimming().split(separator: ")", omittingEmptySubsequences: false).last ?? ""
        for item in outside { add(item.split(separator: ":").first ?? "", module + end.filter { $0 != ";" }) }
    }

    private mutating func addItem(_ item: Substring, _ separator: String, _ module: String) {
        let plain = item.trimming()
        let text = plain.hasPrefix("type ") ? String(plain.dropFirst(5)) : plain
        let parts = text.split(separator: separator, maxSplits: 1)
        guard let name = parts.first?.trimming() else { return }
        let local = (parts.count == 2 ? parts[1] : Substring(name)).split(separator: "=").first ?? ""
        add(local, name == "default" ? module : "\(module).\(name.split(separator: "=").first?.trimming() ?? name)")
    }

    // MARK: Python, Go, Swift

    /// `import a.b as c, d`, `from m import a as b, c`.
    private mutating func takePython(_ text: String) {
        let flat = text.split(separator: "\n").map { $0.prefix { $0 != "#" } }.joined(separator: " ")
            .filter { !"()\\".contains($0) }
        let isFrom = flat.hasPrefix("from ")
        guard let range = flat.ranges(of: isFrom ? " import " : "import ").first else { return }
        let module = isFrom ? flat[..<range.lowerBound].dropFirst(5).trimming() : ""
        if isFrom { modules.insert(module) }
        for item in flat[range.upperBound...].split(separator: ",") {
            let words = item.split(separator: " ").map(String.init)
            guard let name = words.first else { continue }
            if isFrom {
                add(words.last ?? name, "\(module).\(name)")
            } else {
                modules.insert(name)
                let root = name.split(separator: ".").first.map(String.init) ?? name
                words.count == 3 ? add(words[2], name) : add(root, root)
            }
        }
    }

    /// `alias "path"`.
    private mutating func takeGo(_ text: String) {
        guard let path = text.lastQuoted, let quote = text.firstIndex(where: { $0 == "\"" || $0 == "`" }) else {
            return
        }
        modules.insert(path)
        let alias = text[..<quote].trimming()
        add(alias.isEmpty ? String(path.split(separator: "/").last ?? "") : alias, path)
    }

    private mutating func takeSwift(_ text: String) {
        guard let name = text.split(whereSeparator: \.isWhitespace).last.map(String.init) else { return }
        modules.insert(name)
        meanings[name] = name
    }
}

extension StringProtocol {
    /// Without space at either end.
    func trimming() -> String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }

    /// What stands between the last two quotes of a kind.
    fileprivate var lastQuoted: String? {
        guard let end = lastIndex(where: { "\"'`".contains($0) }) else { return nil }
        guard let start = self[..<end].lastIndex(of: self[end]) else { return nil }
        return String(self[index(after: start)..<end])
    }

    /// `m` of `require("m")`.
    fileprivate var firstQuotedOfCall: String? {
        guard let call = ranges(of: "(").last else { return nil }
        let rest = self[call.upperBound...]
        guard let start = rest.firstIndex(where: { "\"'`".contains($0) }) else { return nil }
        let inside = rest[rest.index(after: start)...]
        guard let end = inside.firstIndex(of: rest[start]) else { return nil }
        return String(inside[..<end])
    }

    /// The items, split at commas, outside and inside of braces.
    fileprivate func splitBraces() -> (outside: [Substring], inside: [Substring]) {
        let text = Substring(self)
        guard let open = text.firstIndex(of: "{"), let close = text.lastIndex(of: "}"), open < close else {
            return (text.split(separator: ","), [])
        }
        let outside = text[..<open].split(separator: ",") + text[text.index(after: close)...].split(separator: ",")
        return (outside, text[text.index(after: open)..<close].split(separator: ","))
    }
}

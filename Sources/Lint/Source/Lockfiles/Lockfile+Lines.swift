/// Formats that are read line by line.
extension Lockfile {
    /// A line, and where it begins.
    typealias Line = (text: String, start: Int)

    func lines(_ read: (Line, inout String?) -> (library: String, version: Substring)?) -> [Entry] {
        var entries: [Entry] = []
        var pending: String?
        for line in allLines {
            guard let (library, version) = read(line, &pending) else { continue }
            entries.append(entry(library, version, in: line))
        }
        return entries
    }

    private func entry(_ library: String, _ version: Substring, in line: Line) -> Entry {
        let offset = line.text.utf8.distance(from: line.text.startIndex, to: version.startIndex)
        let start = line.start + offset
        return Entry(library: library, version: String(version), bytes: start..<(start + version.utf8.count))
    }

    private var allLines: [Line] {
        var start = 0
        return file.text.split(separator: 0x0a, omittingEmptySubsequences: false).map { bytes in
            defer { start += bytes.count + 1 }
            return (String(decoding: bytes.last == 0x0d ? bytes.dropLast() : bytes, as: UTF8.self), start)
        }
    }

    /// `ws@^8.0.0, ws@8:` or `"ws@npm:^8.0.0":`, and on a later line `  version "8.11.0"` or `  version: 8.11.0`.
    func yarn(_ line: Line, _ pending: inout String?) -> (library: String, version: Substring)? {
        if let first = line.text.first, first != " ", first != "#" {
            let name = line.text.drop { $0 == "\"" }
            pending = name.dropFirst().firstIndex(of: "@").map { String(name[..<$0]) }
            return nil
        }
        guard let library = pending, let match = line.text.firstMatch(of: /^ +version:? "?([^"\s]+)/) else {
            return nil
        }
        pending = nil
        return (library, match.1)
    }

    /// `  /ws@8.11.0:`, `  ws@8.11.0:` or `  /ws/8.11.0:`.
    func pnpm(_ line: Line, _ pending: inout String?) -> (library: String, version: Substring)? {
        line.text.firstMatch(of: /^ +['"]?\/?([a-z][\w.\-]*)[@\/](\d[\w.\-]*)(?:\([^:]*\))?['"]?:/)
            .map { (String($0.1), $0.2) }
    }

    /// `websockets[speedups]==10.0 ; python_version > "3"`.
    func requirement(_ line: Line, _ pending: inout String?) -> (library: String, version: Substring)? {
        line.text.firstMatch(of: /^\s*([A-Za-z0-9._\-]+)\s*(?:\[[^\]]*\])?\s*===?\s*([\w.]+)/)
            .map { (Self.pythonName($0.1), $0.2) }
    }

    private static func pythonName(_ name: Substring) -> String {
        String(name.lowercased().map { $0 == "_" || $0 == "." ? "-" : $0 })
    }

    /// `require github.com/gorilla/websocket v1.4.0`, with or without its first word.
    func goModule(_ line: Line, _ pending: inout String?) -> (library: String, version: Substring)? {
        line.text.firstMatch(of: /^\s*(?:require\s+)?([a-z][\w.\-]*(?:\/[\w.\-]+)+)\s+(v\d[\w.+\-]*)(?:\s|$)/)
            .map { (String($0.1), $0.2) }
    }

    /// `    websocket-driver (0.7.3)`.
    func gem(_ line: Line, _ pending: inout String?) -> (library: String, version: Substring)? {
        line.text.firstMatch(of: /^    ([a-z][\w\-]*) \((\d[\w.]*)[\w\-]*\)/).map { (String($0.1), $0.2) }
    }

    /// `  "bandit": {:hex, :bandit, "1.5.0", …`.
    func hexPackage(_ line: Line, _ pending: inout String?) -> (library: String, version: Substring)? {
        line.text.firstMatch(of: /^\s*"([a-z_]+)": \{:hex, :[a-z_]+, "([^"]+)"/).map { (String($0.1), $0.2) }
    }

    /// `[[package]]`, then `name = "websockets"` and `version = "10.0"`.
    func tables() -> [Entry] {
        var name: String?
        var found: [Entry] = []
        for line in allLines {
            if line.text.hasPrefix("[") { name = nil }
            guard let match = line.text.prefixMatch(of: /(name|version)\s*=\s*"([^"]+)"/) else { continue }
            if match.1 == "name" {
                name = Self.pythonName(match.2)
            } else if let name {
                found.append(entry(name, match.2, in: line))
            }
        }
        return found
    }
}

/// Files that belong together, with all that was seen in them. A limit that is set in one of them counts for the others.
final class SourceProgram {
    /// A file, and what was seen in it.
    final class Part {
        let file: SourceFile
        fileprivate(set) var imports = ImportedNames()
        /// By name, in the order of the text.
        fileprivate(set) var facts: [String: [SourceMatch]] = [:]
        fileprivate(set) var faults: [(PatternSheet.Pattern, SourceMatch)] = []

        init(_ file: SourceFile) { self.file = file }

        subscript(fact: String) -> [SourceMatch] { facts[fact] ?? [] }

        /// The facts within a stretch of the file.
        func facts(_ name: String, in bytes: Range<Int>) -> [SourceMatch] {
            self[name].filter { bytes.contains($0.bytes.lowerBound) && $0.bytes.upperBound <= bytes.upperBound }
        }
    }

    let parts: [Part]
    let constants: SourceConstants

    private init(_ parts: [Part]) {
        self.parts = parts
        constants = SourceConstants(parts)
    }

    func has(_ fact: String) -> Bool { parts.contains { $0.facts[fact] != nil } }

    func uses(_ module: String) -> Bool { parts.contains { $0.imports.uses(module) } }

    /// Every fact of a name with the file that it is in.
    func all(_ fact: String) -> [(part: Part, match: SourceMatch)] {
        parts.flatMap { part in part[fact].map { (part, $0) } }
    }

    // MARK: Putting together

    /// - Parameter files: All of one engine's run, of any language.
    static func programs(of files: [SourceFile], _ matches: [SourceMatch]) -> [SourceProgram] {
        var parts = files.map(Part.init)
        let index = Dictionary(files.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
        for match in matches.sorted(by: { ($0.bytes.lowerBound, $0.pattern) < ($1.bytes.lowerBound, $1.pattern) }) {
            guard let number = index[match.file] else { continue }
            parts[number].take(match)
        }
        let links = SourceLinks(parts)
        var groups: [Int: [Part]] = [:]
        for (number, part) in parts.enumerated() { groups[links.root(of: number), default: []].append(part) }
        parts = []
        return groups.sorted { $0.key < $1.key }.map { SourceProgram($0.value) }
    }
}

extension SourceProgram.Part {
    fileprivate func take(_ match: SourceMatch) {
        guard let pattern = PatternSheet.sheet(for: file.language)?.patterns[match.pattern] else { return }
        switch pattern.meaning {
        case .fact(let name):
            facts[name, default: []].append(match)
            if name == "import" { imports.take(match.text, file.language) }
        case .fault: faults.append((pattern, match))
        }
    }
}

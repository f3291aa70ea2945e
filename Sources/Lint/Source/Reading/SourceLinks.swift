/// Which files belong together: those that import each other, or those of one folder, as the language has it.
struct SourceLinks {
    private var parents: [Int]

    init(_ parts: [SourceProgram.Part]) {
        parents = Array(parts.indices)
        let byName = Dictionary(
            parts.enumerated().map { ($1.file.name, $0) }, uniquingKeysWith: { first, _ in first })
        var byFolder: [String: Int] = [:]
        for (number, part) in parts.enumerated() {
            switch part.file.language.linking {
            case .none: break
            case .folder:
                let folder = "\(part.file.language.rawValue) \(Self.module(of: part.file))"
                if let other = byFolder[folder] { join(number, other) } else { byFolder[folder] = number }
            case .paths:
                for name in Self.targets(of: part) { if let other = byName[name] { join(number, other) } }
            }
        }
    }

    /// The number of the first file of those that a file belongs to.
    func root(of number: Int) -> Int {
        var number = number
        while parents[number] != number { number = parents[number] }
        return number
    }

    private mutating func join(_ left: Int, _ right: Int) {
        let roots = [root(of: left), root(of: right)]
        parents[max(roots[0], roots[1])] = min(roots[0], roots[1])
    }

    /// A package of Go is a folder; a module of Swift is a folder of `Sources`, with all that is below it.
    private static func module(of file: SourceFile) -> Substring {
        let parts = file.name.split(separator: "/")
        let folder = file.name.prefix(max(0, file.name.utf8.count - (parts.last?.utf8.count ?? 0)))
        guard file.language == .swift, let sources = parts.firstIndex(of: "Sources"), sources + 2 < parts.count else {
            return folder
        }
        return Substring(parts[...(sources + 1)].joined(separator: "/"))
    }

    /// The names that what a file imports may have.
    private static func targets(of part: SourceProgram.Part) -> [String] {
        let folder = part.file.name.split(separator: "/").dropLast().map(String.init)
        if part.file.language == .python {
            return part.imports.modules.flatMap { python($0, from: folder) }
        }
        let links = part["link"].compactMap { $0["MODULE"]?.text.filter { !"\"'`".contains($0) } }
        return (Array(part.imports.modules) + links).filter { $0.hasPrefix(".") }.flatMap { script($0, from: folder) }
    }

    private static func script(_ path: String, from folder: [String]) -> [String] {
        guard let parts = resolve(path.split(separator: "/").map(String.init), from: folder) else { return [] }
        let plain = parts.joined(separator: "/")
        let endings = ["js", "ts", "tsx", "mjs", "cjs", "jsx", "mts", "cts"]
        // In TypeScript, "./door.js" is door.ts.
        let stem =
            endings.first { plain.hasSuffix("." + $0) }.map { String(plain.dropLast($0.utf8.count + 1)) } ?? plain
        let index = plain.isEmpty ? "index" : plain + "/index"
        return [plain] + endings.flatMap { ["\(stem).\($0)", "\(index).\($0)"] }
    }

    private static func python(_ module: String, from folder: [String]) -> [String] {
        let dots = module.prefix { $0 == "." }.count
        let names = module.dropFirst(dots).split(separator: ".").map(String.init)
        let bases: [[String]] =
            dots == 0 ? [folder, []] : dots - 1 <= folder.count ? [Array(folder.dropLast(dots - 1))] : []
        return bases.flatMap { base in
            let plain = (base + names).joined(separator: "/")
            return ["\(plain).py", plain.isEmpty ? "__init__.py" : "\(plain)/__init__.py"]
        }
    }

    private static func resolve(_ steps: [String], from folder: [String]) -> [String]? {
        var parts = folder
        for step in steps {
            switch step {
            case ".": break
            case "..":
                guard !parts.isEmpty else { return nil }
                parts.removeLast()
            default: parts.append(step)
            }
        }
        return parts
    }
}

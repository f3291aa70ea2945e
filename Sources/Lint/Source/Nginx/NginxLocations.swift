/// The locations of nginx's configuration through which WebSocket connections go.
struct NginxLocation {
    let file: SourceFile
    /// Where it begins.
    let bytes: Range<Int>
    /// After how many seconds of silence it cuts, and where that is written; nil: it is not written.
    let timeout: (seconds: Double, file: SourceFile, bytes: Range<Int>)?
    /// Whether something is included that is not in sight.
    let isOpen: Bool

    /// - Parameter files: All that an `include` may mean.
    static func all(in file: NginxFile, _ files: [NginxFile]) -> [NginxLocation] {
        var walk = Walk(files: files)
        walk.visit(file.directives, in: file.file, Level(), depth: 0)
        return walk.found
    }

    /// Seconds of "60", "60s", "1m 30s", "500ms".
    static func seconds(_ text: String) -> Double? {
        let units: [Substring: Double] = [
            "ms": 1e-3, "s": 1, "": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "M": 2_592_000, "y": 31_536_000,
        ]
        var sum = 0.0
        var rest = Substring(text)
        repeat {
            rest = rest.drop { $0 == " " }
            let digits = rest.prefix(while: \.isNumber)
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix(while: \.isLetter)
            rest = rest.dropFirst(unit.count)
            guard let number = Double(digits), let factor = units[unit] else { return nil }
            sum += number * factor
        } while !rest.isEmpty
        return sum
    }
}

/// What a block has, its own or from around it.
private struct Level {
    var timeout: (seconds: Double, file: SourceFile, bytes: Range<Int>)?
    var forwardsUpgrade = false
    var isOpen = false
}

private struct Walk {
    let files: [NginxFile]
    var found: [NginxLocation] = []

    mutating func visit(_ directives: [NginxDirective], in file: SourceFile, _ outer: Level, depth: Int) {
        var level = outer
        let own = included(directives, in: file, &level, depth: depth)
        // Fields set here replace all that are set around here.
        if own.contains(where: { $1.name == "proxy_set_header" }) { level.forwardsUpgrade = false }
        for (file, directive) in own { take(directive, in: file, &level) }
        for (file, directive) in own {
            guard let block = directive.block else { continue }
            visit(block, in: file, level, depth: depth + 1)
            let passes = block.contains { $0.name == "proxy_pass" }
            if directive.name == "location", passes { addLocation(directive, block, in: file, level, depth: depth) }
        }
    }

    private func take(_ directive: NginxDirective, in file: SourceFile, _ level: inout Level) {
        guard let first = directive.arguments.first else { return }
        switch directive.name {
        case "proxy_read_timeout":
            guard let seconds = NginxLocation.seconds(directive.arguments.joined(separator: " ")) else { return }
            level.timeout = (seconds, file, directive.bytes)
        case "proxy_set_header":
            let value = directive.arguments.dropFirst().first ?? ""
            if first.lowercased() == "upgrade", !value.isEmpty { level.forwardsUpgrade = true }
        default: break
        }
    }

    private mutating func addLocation(
        _ location: NginxDirective, _ block: [NginxDirective], in file: SourceFile, _ outer: Level, depth: Int
    ) {
        var level = outer
        let own = included(block, in: file, &level, depth: depth)
        if own.contains(where: { $1.name == "proxy_set_header" }) { level.forwardsUpgrade = false }
        for (file, directive) in own { take(directive, in: file, &level) }
        guard level.forwardsUpgrade else { return }
        found.append(
            NginxLocation(file: file, bytes: location.bytes, timeout: level.timeout, isOpen: level.isOpen))
    }

    /// The directives with those that are included in their place.
    private func included(
        _ directives: [NginxDirective], in file: SourceFile, _ level: inout Level, depth: Int
    ) -> [(SourceFile, NginxDirective)] {
        var all: [(SourceFile, NginxDirective)] = []
        for directive in directives {
            guard directive.name == "include", let name = directive.arguments.first else {
                all.append((file, directive))
                continue
            }
            let known = files.first { $0.file.name == name || $0.file.name.hasSuffix("/" + name) }
            if let known, depth < 8, known.file.path != file.path {
                all += included(known.directives, in: known.file, &level, depth: depth + 8)
            } else if name != "mime.types" {
                level.isOpen = true
            }
        }
        return all
    }
}

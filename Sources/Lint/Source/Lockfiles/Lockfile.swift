/// The exact versions of the libraries that a project uses.
struct Lockfile: Sendable {
    enum Format: Sendable {
        case npm, yarn, pnpm, requirements, poetry, pipfile, cargo, goMod, goSum, swift, gemfile, mix

        init?(fileName: String) {
            switch fileName {
            case "package-lock.json", "npm-shrinkwrap.json": self = .npm
            case "yarn.lock": self = .yarn
            case "pnpm-lock.yaml": self = .pnpm
            case "poetry.lock", "uv.lock", "pdm.lock": self = .poetry
            case "Pipfile.lock": self = .pipfile
            case "Cargo.lock": self = .cargo
            case "go.mod": self = .goMod
            case "go.sum": self = .goSum
            case "Package.resolved": self = .swift
            case "Gemfile.lock": self = .gemfile
            case "mix.lock": self = .mix
            default:
                guard fileName.hasPrefix("requirements"), fileName.hasSuffix(".txt") else { return nil }
                self = .requirements
            }
        }

        /// The libraries of this ecosystem that flaws are known of: names of others mean other things.
        var libraries: Set<String> {
            switch self {
            case .npm, .yarn, .pnpm:
                ["ws", "undici", "uws", "socket.io", "websocket-driver", "websocket-extensions"]
            case .requirements, .poetry, .pipfile: ["websockets"]
            case .cargo: ["tungstenite"]
            case .goMod, .goSum: ["github.com/gorilla/websocket"]
            case .swift: ["swift-nio"]
            case .gemfile: ["websocket-driver", "websocket-extensions"]
            case .mix: ["bandit"]
            }
        }
    }

    /// A library with the version that is used.
    struct Entry: Hashable {
        let library: String
        let version: String
        /// Where the version stands.
        let bytes: Range<Int>
    }

    let format: Format
    let file: SourceFile

    /// The entries of known libraries, each version once.
    var entries: [Entry] {
        var seen: Set<[String]> = []
        let all = all.filter {
            format.libraries.contains($0.library) && seen.insert([$0.library, $0.version]).inserted
        }
        guard format == .goSum else { return all }
        // A sum stands there for every version that was ever looked at; the highest is used.
        return Dictionary(grouping: all, by: \.library).values.compactMap { entries in
            entries.max { left, right in
                guard let older = LibraryVersion(left.version) else { return true }
                return LibraryVersion(right.version).map { older < $0 } ?? false
            }
        }
    }

    private var all: [Entry] {
        switch format {
        case .npm, .pipfile: JSONLock.entries(file.text, named: .byKey)
        case .swift: JSONLock.entries(file.text, named: .byMember(["identity", "package"]))
        case .yarn: lines(yarn)
        case .pnpm: lines(pnpm)
        case .requirements: lines(requirement)
        case .poetry, .cargo: tables()
        case .goMod, .goSum: lines(goModule)
        case .gemfile: lines(gem)
        case .mix: lines(hexPackage)
        }
    }
}

/// A language, or a format, that is searched.
package enum SourceLanguage: String, Hashable, Sendable, CaseIterable {
    case javascript, typescript, tsx, python, go, swift, nginx

    /// By the ending of a file's name.
    package init?(fileName: String) {
        let lower = fileName.lowercased()
        guard let dot = lower.lastIndex(of: ".") else { return nil }
        guard !lower.hasSuffix(".d.ts") else { return nil }
        switch lower[lower.index(after: dot)...] {
        case "js", "jsx", "mjs", "cjs": self = .javascript
        case "ts", "mts", "cts": self = .typescript
        case "tsx": self = .tsx
        case "py": self = .python
        case "go": self = .go
        case "swift": self = .swift
        case "conf", "nginx": self = .nginx
        default: return nil
        }
    }

    var isScript: Bool { self == .javascript || self == .typescript || self == .tsx }

    /// How files of this language find each other.
    enum Linking {
        /// By paths in imports.
        case paths
        /// Those of a folder belong together.
        case folder
        case none
    }

    var linking: Linking {
        switch self {
        case .javascript, .typescript, .tsx, .python: .paths
        case .go, .swift: .folder
        case .nginx: .none
        }
    }
}

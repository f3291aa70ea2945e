/// A published flaw in a library that speaks WebSocket.
package struct KnownFlaw: Hashable, Sendable {
    /// Such as "CVE-2024-37890".
    package let id: String
    /// As its package is called: "ws", "websockets", "gorilla/websocket", "swift-nio", "undici".
    package let library: String
    /// What an attacker can do, in a few words.
    package let says: String
    /// From a version up to the one that is mended, one a branch.
    package let affected: [Affected]

    package struct Affected: Hashable, Sendable {
        package let since: String
        /// The first version without the flaw.
        package let fixed: String

        /// Whether it is one of those versions; never where it is no version.
        package func contains(_ version: String) -> Bool {
            guard let version = LibraryVersion(version), let first = LibraryVersion(since),
                let end = LibraryVersion(fixed)
            else { return false }
            return version >= first && version < end
        }
    }

    /// The flaws of that version, the newest first.
    ///
    /// - Parameters:
    ///   - library: As a lockfile or a header names it, with or without the host and owner before it, in any case.
    ///   - version: Such as "8.17.0" or "v1.4.0"; of what is none, nothing is known.
    package static func flaws(of library: String, version: String) -> [KnownFlaw] {
        let name = canonical(library)
        return table.filter { flaw in flaw.library == name && flaw.affected.contains { $0.contains(version) } }
    }

    /// The first version of that branch in which all of `flaws` are mended; nil where that version has none of them.
    package static func fixed(_ flaws: [KnownFlaw], in version: String) -> String? {
        flaws.compactMap { flaw in flaw.affected.first { $0.contains(version) }?.fixed }
            .compactMap { text in LibraryVersion(text).map { (text, $0) } }
            .max { $0.1 < $1.1 }?.0
    }

    /// Whether the table has anything about a library of that name.
    package static func knows(_ library: String) -> Bool {
        let name = canonical(library)
        return table.contains { $0.library == name }
    }

    private static func canonical(_ library: String) -> String {
        let name = library.lowercased()
        if let known = aliases[name] { return known }
        for prefix in ["https://", "github.com/"] where name.hasPrefix(prefix) {
            return canonical(String(name.dropFirst(prefix.count)))
        }
        return name
    }

    private static let aliases = [
        "apple/swift-nio": "swift-nio", "apple/swift-nio.git": "swift-nio", "apache-tomcat": "tomcat",
    ]
}

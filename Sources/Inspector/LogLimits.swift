/// How much a log keeps in memory.
package struct LogLimits: Hashable, Sendable {
    /// Rows, of 64 bytes each; older ones are read from disk.
    package var rows: Int
    /// Connections, the closed ones of which are forgotten first.
    package var connections: Int

    package init(rows: Int = 262_144, connections: Int = 10_000) {
        self.rows = rows
        self.connections = connections
    }

    package static let `default` = LogLimits()
}

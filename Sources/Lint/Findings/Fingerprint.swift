import Wire

/// Tells the same finding again: 16 hexadecimal digits of the SHA-1 over what does not change from run to run.
package struct Fingerprint: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// - Parameter parts: The rule, and where and what, without times, numbers of connections, or line numbers.
    package init(_ parts: [String]) {
        let digest = SHA1.hash(Array(parts.joined(separator: "\0").utf8))
        rawValue = digest.prefix(8).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    package var description: String { rawValue }
}

/// Tokens, session numbers and tickets.
package enum Secret {
    /// 128 unpredictable bits in hexadecimal.
    package static func random() -> String {
        var system = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let word = String(system.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - word.count) + word
        }.joined()
    }

    /// Whether both are the same, in a time that does not tell how much of them is (CWE-208).
    static func matches(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

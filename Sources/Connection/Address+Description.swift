extension Address: CustomStringConvertible {
    /// "127.0.0.1:9001", "[2001:db8::1]:443" as RFC 5952 writes it.
    public var description: String {
        ip.count == 4
            ? ip.map(String.init).joined(separator: ".") + ":\(port)" : "[\(Address.text(ofIPv6: ip))]:\(port)"
    }

    /// The longest run of two zero groups or more, the first of equals, is left out.
    private static func text(ofIPv6 bytes: [UInt8]) -> String {
        let groups = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        var longest = 0..<0
        var start = 0
        while start < groups.count {
            let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
            if end - start > max(1, longest.count) { longest = start..<end }
            start = max(end, start + 1)
        }
        let text = { (range: Range<Int>) in groups[range].map { String($0, radix: 16) }.joined(separator: ":") }
        guard !longest.isEmpty else { return text(groups.indices) }
        return text(0..<longest.lowerBound) + "::" + text(longest.upperBound..<groups.count)
    }
}

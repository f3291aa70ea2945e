import Connection
import Wire

/// What a recording says in a packet's comment because TCP has no words for it.
///
/// Readable in Wireshark, and read back by `CaptureReader`.
enum Remark: Hashable {
    /// This packet is the first of a connection. Addresses only where the packet's own are made up.
    case opened(source: String, isTLS: Bool, isMidstream: Bool, addresses: Addresses?)
    case hole(from: Side, count: UInt64?)
    case effect(String)

    struct Addresses: Hashable {
        let client: Address
        let server: Address
    }

    var isOpening: Bool {
        switch self {
        case .opened: true
        case .hole, .effect: false
        }
    }
}

extension Remark {
    /// For example `ws101 opened: plaintext of TLS, midstream, source proxy`.
    var text: String {
        switch self {
        case .opened(let source, let isTLS, let isMidstream, let addresses):
            "ws101 opened: " + (isTLS ? "plaintext of TLS, " : "") + (isMidstream ? "midstream, " : "")
                + (addresses.map { "client \(Self.text($0.client)), server \(Self.text($0.server)), " } ?? "")
                + "source \(source)"
        case .hole(let side, let count):
            "ws101 hole: \(count.map { "\($0) bytes" } ?? "unknown count") from \(side) missing"
        case .effect(let text):
            "ws101 effect: \(text)"
        }
    }

    /// Whether a comment may be one of ours; to tell it from others without making a string of it.
    static func isRemark(_ comment: RawSpan) -> Bool {
        let mark: StaticString = "ws101 "
        guard comment.byteCount > mark.utf8CodeUnitCount else { return false }
        return (0..<mark.utf8CodeUnitCount).allSatisfy { comment.number(at: $0, as: UInt8.self) == mark.utf8Start[$0] }
    }

    /// - Returns: nil for a comment somebody else wrote.
    init?(_ text: String) {
        guard let colon = text.firstRange(of: ": ") else { return nil }
        let rest = text[colon.upperBound...]
        switch text[..<colon.lowerBound] {
        case "ws101 opened": self.init(opened: rest)
        case "ws101 hole": self.init(hole: rest)
        case "ws101 effect": self = .effect(String(rest))
        default: return nil
        }
    }

    private init?(opened text: Substring) {
        var rest = text
        func take(_ word: String) -> Bool {
            guard rest.hasPrefix(word) else { return false }
            rest = rest.dropFirst(word.count)
            return true
        }
        let isTLS = take("plaintext of TLS, ")
        let isMidstream = take("midstream, ")
        var addresses: Addresses?
        if take("client ") {
            guard let comma = rest.firstRange(of: ", server "), let end = rest.firstRange(of: ", source "),
                let client = Self.address(rest[..<comma.lowerBound]),
                let server = Self.address(rest[comma.upperBound..<end.lowerBound])
            else { return nil }
            addresses = Addresses(client: client, server: server)
            rest = rest[rest.index(end.lowerBound, offsetBy: 2)...]
        }
        guard take("source ") else { return nil }
        self = .opened(source: String(rest), isTLS: isTLS, isMidstream: isMidstream, addresses: addresses)
    }

    private init?(hole text: Substring) {
        let words = text.split(separator: " ")
        guard words.count == 5, let side = Side.allCases.first(where: { $0.description == words[3] }) else {
            return nil
        }
        guard words[0] != "unknown" else {
            self = .hole(from: side, count: nil)
            return
        }
        guard let count = UInt64(words[0]) else { return nil }
        self = .hole(from: side, count: count)
    }

    /// The address's bytes in hex, and the port: total for an address of any length.
    private static func text(_ address: Address) -> String {
        address.ip.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "/\(address.port)"
    }

    private static func address(_ text: Substring) -> Address? {
        guard let slash = text.lastIndex(of: "/"), let port = UInt16(text[text.index(after: slash)...]) else {
            return nil
        }
        let digits = Array(text[..<slash].utf8)
        guard digits.count % 2 == 0, digits.count <= 32 else { return nil }
        var ip: [UInt8] = []
        for at in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[at...at + 1], as: UTF8.self), radix: 16) else { return nil }
            ip.append(byte)
        }
        return Address(ip: ip, port: port)
    }
}

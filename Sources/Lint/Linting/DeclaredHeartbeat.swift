import Wire

/// What a server says about heartbeats when a connection begins, as Engine.IO and others do:
/// `{"pingInterval":25000,"pingTimeout":20000}`.
struct DeclaredHeartbeat {
    /// Nanoseconds.
    let interval: Int64

    private static let keys: [StaticString] = [
        "\"pinginterval\"", "\"ping_interval\"", "\"heartbeatinterval\"", "\"heartbeat_interval\"",
        "\"keepaliveinterval\"", "\"keepalive_interval\"",
    ]

    /// - Parameter text: JSON, or something with JSON in it; 4 KiB of it are looked at.
    /// - Returns: nil where no interval of one second to one hour is in it. Numbers from 1000 on are milliseconds.
    init?(_ text: Span<UInt8>) {
        let text = text.extracting(first: min(text.count, 4096))
        for key in Self.keys {
            guard let range = text.range(of: key), let number = Self.number(in: text, from: range.upperBound) else {
                continue
            }
            let nanoseconds = number >= 1000 ? number * 1_000_000 : number * 1_000_000_000
            guard (1_000_000_000...3_600_000_000_000).contains(nanoseconds) else { continue }
            interval = nanoseconds
            return
        }
        return nil
    }

    /// Behind a colon; at most nine digits.
    private static func number(in text: Span<UInt8>, from start: Int) -> Int64? {
        var index = start
        while index < text.count, text[index] == 0x20 || text[index] == 0x3a { index += 1 }
        var value: Int64?
        var digits = 0
        while index < text.count, (0x30...0x39).contains(text[index]), digits < 9 {
            value = (value ?? 0) * 10 + Int64(text[index] - 0x30)
            index += 1
            digits += 1
        }
        return value
    }
}

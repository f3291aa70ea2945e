/// What stands in front of the IP header, by link type (https://www.tcpdump.org/linktypes.html).
enum LinkLayer {
    static let raw: UInt32 = 101

    static func isSupported(_ linkType: UInt32) -> Bool {
        switch linkType {
        case 0, 1, 12, 14, raw, 108, 113, 228, 229, 276: true
        default: false
        }
    }

    /// - Returns: Where the IP header begins; nil where the frame carries something else.
    static func internetHeader(_ frame: RawSpan, linkType: UInt32) -> Int? {
        switch linkType {
        case raw, 12, 14, 228, 229: 0
        case 1: behindEtherType(frame, at: 12)
        case 0, 108: behindFamily(frame)
        case 113: behindEtherType(frame, at: 14)
        case 276: behindCookedV2(frame)
        default: nil
        }
    }

    /// Ethernet, IEEE 802.3, with any number of VLAN tags (802.1Q, 802.1ad).
    private static func behindEtherType(_ frame: RawSpan, at offset: Int) -> Int? {
        var at = offset
        while at + 2 <= frame.byteCount {
            switch frame.network(at: at, as: UInt16.self) {
            case 0x0800, 0x86dd: return at + 2
            case 0x8100, 0x88a8, 0x9100: at += 4
            default: return nil
            }
        }
        return nil
    }

    /// BSD loopback: the address family in the byte order of the machine that captured, or in network order.
    private static func behindFamily(_ frame: RawSpan) -> Int? {
        guard frame.byteCount >= 4 else { return nil }
        let family = frame.number(at: 0, as: UInt32.self)
        switch min(family, family.byteSwapped) {
        case 2, 10, 24, 28, 30: return 4
        default: return nil
        }
    }

    /// Linux cooked v2: the protocol first, then 18 more bytes.
    private static func behindCookedV2(_ frame: RawSpan) -> Int? {
        guard frame.byteCount >= 20 else { return nil }
        switch frame.network(at: 0, as: UInt16.self) {
        case 0x0800, 0x86dd: return 20
        case 0x8100, 0x88a8, 0x9100: return behindEtherType(frame, at: 22)
        default: return nil
        }
    }
}

/// The numbers of pcapng that are read or written here, draft-ietf-opsawg-pcapng.
enum Pcapng {
    enum BlockType {
        static let sectionHeader: UInt32 = 0x0A0D_0D0A
        static let interfaceDescription: UInt32 = 1
        /// Obsolete, yet still found.
        static let packet: UInt32 = 2
        static let simplePacket: UInt32 = 3
        static let enhancedPacket: UInt32 = 6
    }

    enum Option {
        static let end: UInt16 = 0
        static let comment: UInt16 = 1
        static let interfaceName: UInt16 = 2
        static let interfaceDescription: UInt16 = 3
        static let application: UInt16 = 4
        static let timestampResolution: UInt16 = 9
        static let timestampOffset: UInt16 = 14
    }

    static let byteOrderMagic: UInt32 = 0x1A2B_3C4D

    /// What `shb_userappl` says in recordings of ours.
    static let application = "ws101"
    /// Type and length in front of a block's body, length behind it.
    static let blockOverhead = 12

    static func padded(_ count: Int) -> Int { (count + 3) & ~3 }
}

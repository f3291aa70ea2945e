/// What a capture held, and what of it could not be understood.
package struct CaptureSummary: Hashable, Sendable {
    /// Packets in the file.
    package internal(set) var packets: UInt64 = 0
    /// TCP connections seen.
    package internal(set) var connections: UInt64 = 0
    /// Packets that carry no TCP, or that the capture cut off before it was plain what they carry.
    package internal(set) var skipped: UInt64 = 0
    /// Packets whose link layer is not read here.
    package internal(set) var unreadable: UInt64 = 0
    /// Such a link layer, as a LINKTYPE number.
    package internal(set) var unreadableLinkType: UInt32?
    /// Fragments of IP datagrams: what they carried is missing.
    package internal(set) var fragments: UInt64 = 0
    /// Packets that repeated bytes with other contents; what came first was taken.
    package internal(set) var conflicts: UInt64 = 0
    /// How the file ended.
    package internal(set) var end = End.complete

    package enum End: Hashable, Sendable {
        case complete
        /// The last block is cut off; it begins at this offset, and everything before it was read.
        case truncated(at: UInt64)
        /// At this offset stands no block; everything before it was read.
        case damaged(at: UInt64)
    }

    /// One sentence for each thing a reader of the capture should know.
    package var warnings: [String] {
        var warnings: [String] = []
        switch end {
        case .complete: break
        case .truncated(let offset):
            warnings.append("the file is cut off at byte \(offset); everything before was read")
        case .damaged(let offset):
            warnings.append("the file is damaged at byte \(offset); everything before was read")
        }
        if let unreadableLinkType {
            warnings.append("\(unreadable) packets not read: link type \(unreadableLinkType) is not supported")
        }
        if skipped > 0 { warnings.append("\(skipped) of \(packets) packets carry no TCP") }
        if fragments > 0 { warnings.append("\(fragments) IP fragments not read: what they carried is missing") }
        if conflicts > 0 {
            warnings.append("\(conflicts) packets repeat bytes with other contents: what came first was taken")
        }
        return warnings
    }

    mutating func skip(_ packet: CapturedPacket, _ refusal: InternetHeader.Refusal) {
        if !LinkLayer.isSupported(packet.linkType) {
            unreadable += 1
            unreadableLinkType = unreadableLinkType ?? packet.linkType
            return
        }
        switch refusal {
        case .noTCP: skipped += 1
        case .laterFragment: fragments += 1
        }
    }
}

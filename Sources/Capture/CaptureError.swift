import Glibc

/// Why a capture cannot be read or a recording cannot be written: what happened, why, and what to do.
package enum CaptureError: Error, Hashable, Sendable {
    case cannotOpen(path: String, errno: Int32)
    case cannotRead(path: String, errno: Int32)
    /// The file holds neither pcap nor pcapng; `found` is a clause that says what it is.
    case notACapture(path: String, found: String)
    /// No packet of the capture can be read, because of how its link layer frames them.
    case unsupportedLinkType(path: String, linkType: UInt32)

    case cannotCreate(path: String, errno: Int32)
    /// There is a file already, and it is nothing that can be appended to.
    case wouldOverwrite(path: String, found: String)
    /// Another process is recording to this file.
    case inUse(path: String)
    /// What was written before stays a valid recording.
    case cannotWrite(path: String, errno: Int32)
}

extension CaptureError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotOpen(let path, let errno):
            "cannot open \(path): \(Self.text(errno)). Check the path and its permissions."
        case .cannotRead(let path, let errno):
            "cannot read \(path): \(Self.text(errno))."
        case .notACapture(let path, let found):
            "\(path) is no capture in pcap or pcapng: \(found). Record one with --record, tcpdump -w or Wireshark."
        case .unsupportedLinkType(let path, let linkType):
            "cannot read the packets of \(path): link type \(linkType) is not supported. "
                + "Capture on an Ethernet, loopback or \"any\" interface."
        case .cannotCreate(let path, let errno):
            "cannot record to \(path): \(Self.text(errno)). Choose another file."
        case .wouldOverwrite(let path, let found):
            "will not record to \(path), which is no pcapng file that could be appended to: \(found). "
                + "Choose another file or remove this one."
        case .inUse(let path):
            "cannot record to \(path): another process is recording to it. Choose another file."
        case .cannotWrite(let path, let errno):
            "recording to \(path) stopped: \(Self.text(errno)). What was recorded before is kept; "
                + (errno == ENOSPC || errno == EDQUOT ? "free some space and start again." : "start again elsewhere.")
        }
    }

    private static func text(_ errno: Int32) -> String { String(cString: strerror(errno)) }
}

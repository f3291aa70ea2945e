/// Compresses one direction's messages, RFC 7692 §7.2.1.
///
/// Nothing is allocated before the first message, and without context takeover nothing is held between messages.
package final class Deflater {
    private let settings: DeflateStream.Settings
    private let noContextTakeover: Bool
    /// The window to be taken over; nil without takeover.
    private var stream: DeflateStream?

    /// - Parameters:
    ///   - windowBits: The agreed window, 8…15. zlib cannot write raw DEFLATE data for 8, and needs not: with 9 it never
    ///     looks back further than 512 − 262 = 250 bytes, which a window of 256 holds.
    ///   - noContextTakeover: Whether every message starts with an empty window.
    ///   - level: 1 (fast) … 9 (small).
    package init(windowBits: Int, noContextTakeover: Bool, level: Int = 6) {
        settings = DeflateStream.Settings(
            windowBits: Int32(min(max(windowBits, 9), 15)), level: Int32(min(max(level, 1), 9)))
        self.noContextTakeover = noContextTakeover
    }

    /// Appends the compressed message, without the four bytes `00 00 ff ff` that the receiver adds again.
    package func deflate(_ message: Span<UInt8>, into output: inout [UInt8]) {
        // zlib writes nothing for a second flush without new input; §7.2.3.6 wants this byte.
        guard !message.isEmpty else { return output.append(0x00) }
        let stream = stream ?? DeflateStream.take(settings)
        stream.deflate(message, into: &output)
        output.removeLast(4)
        if noContextTakeover {
            stream.giveBack()
        } else {
            self.stream = stream
        }
    }
}

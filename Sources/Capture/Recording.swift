/// Random access to the bytes of a recording of ours, also while it is being written.
package final class Recording: Sendable {
    package let path: String

    /// Opens a finished recording. Fails with `notACapture` where the file was not written by `PcapngWriter`.
    package init(path: String) throws(CaptureError) { fatalError("declared, to be written next") }

    /// Bytes that one side of a connection sent.
    /// - Parameters:
    ///   - location: The `location` of the `.bytes` segment to begin at.
    ///   - offset: How many of that side's bytes to skip from the beginning of that segment; may reach into later ones.
    /// - Returns: `count` bytes, fewer where the rest is not on disk (yet).
    package func bytes(at location: UInt64, from offset: Int, count: Int) throws(CaptureError) -> [UInt8] { [] }
}

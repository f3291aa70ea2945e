/// Random access to the bytes of a recording of ours, also while it is being written.
package final class Recording: Sendable {
    let file: OpenFile

    package var path: String { file.path }

    /// Opens a finished recording. Fails with `notACapture` where the file was not written by `PcapngWriter`.
    package convenience init(path: String) throws(CaptureError) {
        let file = try OpenFile(reading: path)
        guard try CaptureReader(file).isOwnRecording else {
            throw .notACapture(path: path, found: "somebody else captured it")
        }
        self.init(file)
    }

    init(_ file: OpenFile) { self.file = file }

    /// Bytes that one side of a connection sent.
    /// - Parameters:
    ///   - location: The `location` of the `.bytes` segment to begin at.
    ///   - offset: How many of that side's bytes to skip from the beginning of that segment; may reach into later ones.
    /// - Returns: `count` bytes, fewer where the rest is not on disk (yet) or missing in the recording itself.
    package func bytes(at location: UInt64, from offset: Int, count: Int) throws(CaptureError) -> [UInt8] {
        var blocks = RecordedBlocks(file)
        guard count > 0, var block = try blocks.block(at: location) else { return [] }
        var bytes: [UInt8] = []
        var skipped = offset
        while true {
            let payload = block.payload.dropFirst(min(skipped, block.payload.count)).prefix(count - bytes.count)
            skipped -= min(skipped, block.payload.count)
            let whole = try append(payload, to: &bytes)
            guard whole, bytes.count < count, let next = try blocks.block(after: block) else { return bytes }
            block = next
        }
    }

    /// - Returns: Whether all of the range was there.
    private func append(_ range: Range<UInt64>, to bytes: inout [UInt8]) throws(CaptureError) -> Bool {
        guard !range.isEmpty else { return true }
        var failure: CaptureError?
        let file = file
        let part = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            do throws(CaptureError) {
                count = try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: range.lowerBound)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        bytes += part
        return part.count == range.count
    }
}

import Capture
import Connection
import Glibc
import Wire

/// Captures: any file is read as far as it goes or refused, and no more bytes are told than it has.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let path = "/dev/shm/ws101-fuzz-\(getpid())"
    let file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
    require(file >= 0 && write(file, start, count) == count, "\(path) cannot be written")
    close(file)
    defer { unlink(path) }
    var sink = Sink()
    guard var reader = try? CaptureReader(path: path), (try? reader.read(into: &sink)) != nil else { return 0 }
    require(sink.bytes <= count, "\(sink.bytes) bytes of a file that has \(count)")
    guard let recording = try? Recording(path: path) else { return 0 }
    for location in sink.locations.prefix(20) { _ = try? recording.bytes(at: location, from: 3, count: 100) }
    return 0
}

private struct Sink: SegmentSink {
    var bytes = 0
    var locations: [UInt64] = []

    mutating func receive(_ segment: Segment, _ bytes: Span<UInt8>) {
        self.bytes += bytes.count
        if let location = segment.location { locations.append(location) }
    }
}

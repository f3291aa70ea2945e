import Glibc

/// Where a recording is kept.
package enum RecordingPlace: Hashable, Sendable {
    /// A file with mode 0600; one that holds pcapng already is appended to.
    case file(String)
    /// A file in `$TMPDIR` without a name, gone when this process is.
    case spool

    /// Opens the place, locked against other recorders, at the end of its last whole block.
    func open() throws(CaptureError) -> BlockFile {
        switch self {
        case .file(let path): try Self.openFile(path)
        case .spool: try Self.openSpool()
        }
    }

    private static func openFile(_ path: String) throws(CaptureError) -> BlockFile {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw .cannotCreate(path: path, errno: errno) }
        let file = OpenFile(path: path, descriptor: descriptor)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .cannotCreate(path: path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .wouldOverwrite(path: path, found: "it is no regular file")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK ? .inUse(path: path) : .cannotCreate(path: path, errno: errno)
        }
        let end = try wholeBlocks(file, size: UInt64(status.st_size))
        guard ftruncate(descriptor, off_t(end)) == 0 else { throw .cannotWrite(path: path, errno: errno) }
        return BlockFile(file, end: end)
    }

    /// How many of the file's bytes are whole blocks; a recorder that was killed may have left a part of one behind.
    private static func wholeBlocks(_ file: OpenFile, size: UInt64) throws(CaptureError) -> UInt64 {
        guard size > 0 else { return 0 }
        var input = FileWindow(file)
        let format: CaptureFormat
        do { format = try CaptureFormat(&input) } catch .notACapture(_, let found) {
            throw .wouldOverwrite(path: file.path, found: found)
        }
        guard case .pcapng(var blocks) = format else {
            throw .wouldOverwrite(path: file.path, found: "it is a capture in the older pcap format")
        }
        while true {
            switch try blocks.next(&input) {
            case .record(let record):
                input.take(record.length)
            case .end(.complete):
                return input.offset
            case .end(.truncated(let offset)) where size - offset <= partLimit:
                return offset
            case .end(.truncated(let offset)), .end(.damaged(let offset)):
                throw .wouldOverwrite(path: file.path, found: "it is damaged at byte \(offset)")
            }
        }
    }

    /// A block of a recording is shorter; what is cut away of a file is never more than a part of one.
    private static let partLimit: UInt64 = 128 << 10

    private static func openSpool() throws(CaptureError) -> BlockFile {
        let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var path = Array("\(directory)/ws101-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw .cannotCreate(path: "\(directory)/ws101-…", errno: errno) }
        unlink(path)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return BlockFile(OpenFile(path: "a temporary file in \(directory)", descriptor: descriptor), end: 0)
    }
}

import Foundation

/// Answers go to standard output, diagnostics to standard error.
enum Output {
    static func answer(_ text: String) { write(Array((text + "\n").utf8), to: STDOUT_FILENO) }
    static func diagnostic(_ text: String) { write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    /// Writes everything; a reader that has gone away ends the program quietly, as it does for other filters.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        bytes.withUnsafeBytes { write($0, to: descriptor) }
    }

    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = writeOnce(descriptor, UnsafeRawBufferPointer(rebasing: rest))
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&wanted, 1, -1)
            } else if errno != EINTR {
                exit(descriptor == STDERR_FILENO || errno == EPIPE ? 0 : Failure.couldNot)
            }
        }
    }

    private static func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        Foundation.write(descriptor, bytes.baseAddress, bytes.count)
    }
}

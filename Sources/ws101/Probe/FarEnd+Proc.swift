import Foundation
import Lint

/// What the kernel's files tell of the other end of a connection on this machine, proc(5).
extension FarEnd {
    /// - Parameters:
    ///   - local: The server's port.
    ///   - remote: The client's.
    /// - Returns: Nil where the connection is not in the tables: on another machine, in another network namespace.
    init?(local: UInt16, remote: UInt16) {
        // The tables may change while they are read.
        let rows = (1...3).lazy.compactMap { _ in Row(local: local, remote: remote) }
        guard let row = rows.first else { return nil }
        self.init(unsent: row.unsent, unread: row.unread, memory: FarEnd.resident(inode: row.inode))
    }

    /// The connection's row in /proc/net/tcp or tcp6.
    private struct Row {
        let inode: String
        let unsent: Int
        let unread: Int

        init?(local: UInt16, remote: UInt16) {
            let ends = [local, remote].map { port in
                let digits = String(port, radix: 16, uppercase: true)
                return ":" + String(repeating: "0", count: 4 - digits.count) + digits
            }
            let lines = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap {
                FarEnd.text($0).split(separator: "\n").dropFirst()
            }
            let rows = lines.map { $0.split(separator: " ") }
            let row = rows.first { $0.count > 9 && $0[1].hasSuffix(ends[0]) && $0[2].hasSuffix(ends[1]) }
            let queues = row?[4].split(separator: ":").compactMap { Int($0, radix: 16) } ?? []
            guard let row, queues.count == 2 else { return nil }
            inode = String(row[9])
            unsent = queues[0]
            unread = queues[1]
        }
    }

    /// Bytes of the process that has the socket; nil where that is another user's.
    private static func resident(inode: String) -> Int? {
        let files = FileManager.default
        let processes = (try? files.contentsOfDirectory(atPath: "/proc"))?.filter { $0.allSatisfy(\.isNumber) } ?? []
        let owner = processes.first { process in
            let folder = "/proc/\(process)/fd"
            let descriptors = (try? files.contentsOfDirectory(atPath: folder)) ?? []
            return descriptors.contains {
                (try? files.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")) == "socket:[\(inode)]"
            }
        }
        let lines = owner.map { text("/proc/\($0)/status").split(separator: "\n") } ?? []
        guard let line = lines.first(where: { $0.hasPrefix("VmRSS:") }) else { return nil }
        return line.split(separator: " ").compactMap { Int($0) }.first.map { $0 * 1024 }
    }

    /// Foundation stops after the first piece of a file whose size is told as 0.
    private static func text(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(file, &piece, piece.count), count > 0 { bytes += piece[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

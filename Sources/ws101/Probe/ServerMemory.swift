import Foundation

/// The memory of the process at the other end of a connection on this machine, as the kernel's files tell it, proc(5).
struct ServerMemory {
    /// - Parameters:
    ///   - local: The server's port.
    ///   - remote: The client's.
    /// - Returns: Bytes; nil where the process is another user's, or in another network namespace.
    func resident(local: UInt16, remote: UInt16) -> Int? {
        guard let inode = inode(local, remote), let process = process(holding: inode) else { return nil }
        let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        guard let line = status?.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }) else { return nil }
        return line.split(separator: " ").compactMap { Int($0) }.first.map { $0 * 1024 }
    }

    private func inode(_ local: UInt16, _ remote: UInt16) -> Substring? {
        for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
            let text = (try? String(contentsOfFile: table, encoding: .utf8)) ?? ""
            for line in text.split(separator: "\n").dropFirst() {
                let words = line.split(separator: " ")
                guard words.count > 9, words[1].hasSuffix(hex(local)), words[2].hasSuffix(hex(remote)) else { continue }
                return words[9]
            }
        }
        return nil
    }

    private func hex(_ port: UInt16) -> String {
        let digits = String(port, radix: 16, uppercase: true)
        return ":" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    private func process(holding inode: Substring) -> String? {
        let files = FileManager.default
        let processes = (try? files.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.first { process in
            guard process.allSatisfy(\.isNumber) else { return false }
            let descriptors = (try? files.contentsOfDirectory(atPath: "/proc/\(process)/fd")) ?? []
            return descriptors.contains { descriptor in
                (try? files.destinationOfSymbolicLink(atPath: "/proc/\(process)/fd/\(descriptor)"))
                    == "socket:[\(inode)]"
            }
        }
    }
}

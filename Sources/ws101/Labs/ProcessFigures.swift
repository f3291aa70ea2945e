import Foundation

/// What the kernel tells of a process, proc(5).
struct ProcessFigures {
    private let folder: String

    init(_ process: Int32) { folder = "/proc/\(process)" }

    /// Resident memory in bytes.
    var resident: Int { 1024 * (ProcessFigures.kibibytes("VmRSS:", in: "\(folder)/status") ?? 0) }

    /// Seconds of processor so far, its own and the kernel's for it.
    var processorTime: Double {
        let text = (try? String(contentsOfFile: "\(folder)/stat", encoding: .utf8)) ?? ""
        // The name, in parentheses, may hold spaces.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let own = Double(fields[12]), let kernel = Double(fields[13]) else { return 0 }
        return (own + kernel) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Bytes of the kernel's own objects, sockets among them.
    static var slab: Int { 1024 * (kibibytes("Slab:", in: "/proc/meminfo") ?? 0) }

    private static func kibibytes(_ name: String, in file: String) -> Int? {
        let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: " ").compactMap { Int($0) }.first
    }
}

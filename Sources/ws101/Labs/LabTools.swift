import Foundation
import Transport

/// What a lab needs of the machine.
enum LabTools {
    /// The path of a program; a failure with the line that installs it, where there is none.
    /// - Parameter purpose: What the lab uses it for.
    static func program(
        _ name: String, package: String, purpose: String,
        path: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
    ) throws -> String {
        var folders = path.split(separator: ":").map(String.init)
        // Daemons lie where only root looks by itself.
        if folders.contains("/usr/bin") { folders.append("/usr/sbin") }
        for file in folders.map({ $0 + "/" + name }) where access(file, X_OK) == 0 { return file }
        throw Failure(
            "\(name) is not on this machine; the lab needs it as \(purpose)", next: "sudo apt-get install \(package)",
            status: Failure.missing)
    }

    /// This program itself.
    static func itself() throws -> String {
        guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            throw Failure("/proc/self/exe cannot be read", next: "is /proc mounted?")
        }
        return path
    }

    /// A port of 127.0.0.1 that nobody has now.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard descriptor >= 0, isBound else { throw Failure("there is no free port on 127.0.0.1") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// A folder of its own, which is gone afterwards.
    static func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ws101-lab-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.path)
    }

    /// Runs `body`; Ctrl-C, SIGTERM and SIGHUP cancel it, so that it can stop what it started.
    static func interruptibly<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let work = Task { try await body() }
        let watch = Task {
            await StopSignal.wait()
            work.cancel()
        }
        defer { watch.cancel() }
        let result = await work.result
        if work.isCancelled { throw Failure("interrupted", status: 130) }
        return try result.get()
    }
}

import Foundation

/// Runs another program to its end, without a shell, with nothing to read, and for a bounded time.
struct ChildProgram {
    let path: String
    let arguments: [String]
    let environment: [String: String]
    let limit: Duration

    struct Ended {
        let status: Int32
        let output: [UInt8]
        let complaints: [UInt8]
    }

    enum Mishap: Error {
        case cannotStart
        case tooSlow
    }

    func run() throws(Mishap) -> Ended {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        // Where nothing of the searched folder is taken for its configuration.
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardInput = FileHandle.nullDevice
        let output = Outlet()
        let complaints = Outlet()
        process.standardOutput = output.pipe
        process.standardError = complaints.pipe
        do { try process.run() } catch { throw .cannotStart }
        let isOver = read(output, complaints)
        if !isOver { _ = kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        guard isOver else { throw .tooSlow }
        let status = process.terminationReason == .exit ? process.terminationStatus : -1
        return Ended(status: status, output: output.bytes, complaints: complaints.bytes)
    }

    /// - Returns: Whether both ended in time.
    private func read(_ output: Outlet, _ complaints: Outlet) -> Bool {
        let deadline = ContinuousClock.now + limit
        while output.isOpen || complaints.isOpen {
            let left = deadline - ContinuousClock.now
            guard left > .zero else { return false }
            var waiting = [output, complaints].filter(\.isOpen).map {
                pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
            }
            let milliseconds = Int32(clamping: left.components.seconds * 1000 + 100)
            guard poll(&waiting, nfds_t(waiting.count), milliseconds) >= 0 || errno == EINTR else { return false }
            for entry in waiting where entry.revents != 0 {
                entry.fd == output.descriptor ? output.take() : complaints.take()
            }
        }
        return true
    }
}

/// What a program writes, collected.
private final class Outlet {
    let pipe = Pipe()
    private(set) var isOpen = true
    private(set) var bytes: [UInt8] = []
    private var chunk = [UInt8](repeating: 0, count: 1 << 16)

    var descriptor: Int32 { pipe.fileHandleForReading.fileDescriptor }

    func take() {
        let count = chunk.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
            bytes.append(contentsOf: chunk[..<count])
        } else if count == 0 || errno != EINTR {
            isOpen = false
        }
    }
}

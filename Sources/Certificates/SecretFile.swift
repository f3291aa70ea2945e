import Foundation
import Glibc
import Transport

/// Small files that hold keys: written whole or not at all, and never for a moment readable by others.
enum SecretFile {
    struct SystemError: Error, CustomStringConvertible {
        let what: String
        let code: CInt
        var description: String { "\(what): \(String(cString: strerror(code)).lowercased())" }
    }

    /// Makes the folder, for its owner only, and takes its lock; closing the descriptor gives it back.
    static func lock(_ folder: String) throws -> CInt {
        var path = ""
        for part in folder.split(separator: "/", omittingEmptySubsequences: true) {
            path += "/\(part)"
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw SystemError(what: path, code: errno) }
        }
        let lock = open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw SystemError(what: "\(folder)/lock", code: errno) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw SystemError(what: "\(folder)/lock", code: errno) }
        }
        return lock
    }

    static func write(_ text: String, to path: String, mode: mode_t) throws {
        let draft = "\(path).\(getpid()).new"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw SystemError(what: draft, code: errno) }
        let bytes = Array(text.utf8)
        let count = Glibc.write(file, bytes, bytes.count)
        let isWritten = count == bytes.count && fsync(file) == 0
        let code = errno
        close(file)
        guard isWritten else { throw SystemError(what: draft, code: code) }
        guard rename(draft, path) == 0 else { throw SystemError(what: path, code: errno) }
    }

    static func read(_ path: String) throws -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw SystemError(what: path, code: errno) }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { throw SystemError(what: path, code: errno) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// A key that others can read may be known to them: what it has signed is worth nothing.
    static func checkPrivate(_ path: String) throws(TransportError) {
        let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        guard let mode, mode & 0o077 != 0 else { return }
        throw TransportError(
            what: "the local CA's key is not private", why: "others can read \(path)",
            advice: "if nobody did: chmod 600 \(path); else move its folder away, and ws101 ca makes a new one")
    }
}

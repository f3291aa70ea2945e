import Connection
import Foundation
import GRDB

/// What the learner has done: answers, how well each thing is remembered, steps of lessons, interviews.
///
/// SQLite with a write-ahead log. Every change is one transaction that is on the disk when the call returns, so a
/// process that is killed, or a machine that loses power, loses nothing that was told. Any number of windows may have
/// the same file open; whoever comes second waits.
package final class ProgressStore: Sendable {
    package let path: String
    private let queue: DatabaseQueue

    /// Opens the file, makes it and its folder where there is none, and brings an older one up to date.
    /// - Parameter path: Of the file, such as `ProgressPlace.standard` says.
    package init(path: String) throws(ProgressError) {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            queue = try ProgressStore.open(path)
            let isNewer = try queue.read { try Migrations.migrator.hasBeenSuperseded($0) }
            guard !isNewer else { throw ProgressStore.newer(path) }
            try Migrations.migrator.migrate(queue)
        } catch {
            throw ProgressStore.explain(error, path)
        }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        // Two programs that make the file in the same moment: SQLite does not wait while the journal mode changes.
        for _ in 0..<100 {
            do {
                return try DatabaseQueue(path: path, configuration: configuration)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                usleep(20_000)
            }
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}

/// One transaction each.
extension ProgressStore {
    func write<Value>(_ change: (Database) throws -> Value) throws(ProgressError) -> Value {
        do {
            return try queue.write(change)
        } catch {
            throw ProgressStore.explain(error, path)
        }
    }

    func read<Value>(_ look: (Database) throws -> Value) throws(ProgressError) -> Value {
        do {
            return try queue.read(look)
        } catch {
            throw ProgressStore.explain(error, path)
        }
    }

    private static func newer(_ path: String) -> ProgressError {
        ProgressError(
            .newer, "\(path) was written by a newer ws101, whose progress this one cannot read.",
            advice: "Nothing was changed. Use the newer ws101, or set XDG_DATA_HOME to begin another one.")
    }

    private static func full(_ path: String) -> ProgressError {
        ProgressError(
            .full, "the disk is full: nothing more is saved in \(path)",
            advice: "What was saved before is safe. Free some space and do it again.")
    }

    /// Less than what SQLite takes for the log and its index.
    private static func hasNoRoom(_ path: String) -> Bool {
        var space = statvfs()
        guard statvfs((path as NSString).deletingLastPathComponent, &space) == 0 else { return false }
        return UInt64(space.f_bavail) * UInt64(space.f_frsize) < 131_072
    }

    private static func explain(_ error: any Error, _ path: String) -> ProgressError {
        if let error = error as? ProgressError { return error }
        guard let error = error as? DatabaseError else {
            return ProgressError(
                .cannotOpen, "cannot open \(path): \((error as NSError).localizedDescription)",
                advice: "Set XDG_DATA_HOME to a folder that can be written.")
        }
        switch error.resultCode {
        case .SQLITE_FULL: return full(path)
        // A full disk also shows where SQLite makes room for its index of the log.
        case .SQLITE_IOERR where hasNoRoom(path): return full(path)
        case .SQLITE_READONLY, .SQLITE_PERM:
            return ProgressError(
                .readOnly, "\(path) cannot be written", advice: "Check its permissions and those of its folder.")
        case .SQLITE_CANTOPEN, .SQLITE_AUTH:
            return ProgressError(
                .cannotOpen, "cannot open \(path)",
                advice: "Check that its folder exists and can be written, or set XDG_DATA_HOME.")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return ProgressError(
                .damaged, "\(path) is damaged or no database",
                advice: "Nothing was changed. Move it away to begin anew; ws101 progress import reads an export.")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return ProgressError(
                .busy, "\(path) is in use by another program for more than ten seconds",
                advice: "Close the other one, or wait, and do it again.")
        case .SQLITE_IOERR:
            return ProgressError(
                .full, "\(path) cannot be read or written: \(error.message ?? "input or output failed")",
                advice: "Is the disk full or gone? What was saved before is safe.")
        default:
            return ProgressError(
                .other, "\(path): \(error.message ?? "\(error.resultCode)")",
                advice: "What was saved before is safe. Do it again.")
        }
    }
}

extension Timestamp {
    /// As the database has it: milliseconds since 1970.
    var milliseconds: Int64 { Int64(nanoseconds / 1_000_000) }

    init(milliseconds: Int64) { self.init(nanoseconds: UInt64(max(0, milliseconds)) &* 1_000_000) }
}

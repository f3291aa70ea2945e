import CHiredis
import Glibc
import Wire

/// One connection to a Redis server, which never waits once it is open. On one thread only.
final class RedisConnection {
    private let context: UnsafeMutablePointer<redisContext>
    private var isWriting = false
    /// When the server was heard last.
    private(set) var heardAt = Clock.milliseconds()

    /// More than this of a reply that is not whole yet is no reply of ours.
    private static let mostHeld = 8 << 20

    /// Connects, and waits for it, at most `timeout` milliseconds.
    init(_ address: HostPort, timeout: Int) throws(BrokerFailure) {
        let time = timeval(tv_sec: timeout / 1000, tv_usec: timeout % 1000 * 1000)
        guard let context = redisConnectWithTimeout(address.host, CInt(address.port), time) else {
            throw BrokerFailure("there is no memory for a connection")
        }
        self.context = context
        // What was begun is ended by deinit, also after a throw.
        guard context.pointee.err == REDIS_OK, ws101_redis_never_wait(context) == REDIS_OK else { throw failure }
    }

    deinit { redisFree(context) }

    var descriptor: CInt { context.pointee.fd }
    var wantsToWrite: Bool { isWriting }

    private var failure: BrokerFailure {
        let text = String(cString: ws101_redis_error(context))
        return BrokerFailure(text.isEmpty ? "the connection failed" : SafeText.escape(text).lowercased())
    }

    /// Puts a command behind those that wait to be sent.
    func append(_ arguments: [[UInt8]]) throws(BrokerFailure) {
        let flat = arguments.flatMap { $0 }
        let lengths = arguments.map(\.count)
        let status = flat.withUnsafeBytes { bytes in
            // An empty buffer has no address; the length 0 keeps it from being read.
            var at = bytes.baseAddress ?? UnsafeRawPointer(context)
            let starts: [UnsafePointer<CChar>?] = lengths.map { length in
                defer { at += length }
                return at.assumingMemoryBound(to: CChar.self)
            }
            return starts.withUnsafeBufferPointer { starts in
                let pointer = UnsafeMutablePointer(mutating: starts.baseAddress)
                return redisAppendCommandArgv(context, CInt(lengths.count), pointer, lengths)
            }
        }
        guard status == REDIS_OK else { throw failure }
        isWriting = true
    }

    /// Sends what waits, as far as the system takes it.
    func write() throws(BrokerFailure) {
        var isDone: CInt = 0
        guard redisBufferWrite(context, &isDone) == REDIS_OK else { throw failure }
        isWriting = isDone == 0
    }

    /// Reads what is there.
    func read() throws(BrokerFailure) -> [RedisValue] {
        guard redisBufferRead(context) == REDIS_OK else { throw failure }
        heardAt = Clock.milliseconds()
        var values: [RedisValue] = []
        while true {
            var reply: UnsafeMutableRawPointer?
            guard redisGetReplyFromReader(context, &reply) == REDIS_OK else { throw failure }
            guard let reply else { break }
            defer { freeReplyObject(reply) }
            values.append(RedisValue(reply.assumingMemoryBound(to: redisReply.self).pointee))
        }
        guard ws101_redis_held(context) < RedisConnection.mostHeld else {
            throw BrokerFailure("it sent a reply that is too long")
        }
        return values
    }
}

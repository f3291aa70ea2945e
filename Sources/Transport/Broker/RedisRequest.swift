/// A command for Redis, and who waits for the answer.
struct RedisRequest: Sendable {
    let arguments: [[UInt8]]
    /// Called once, on the link's thread.
    let answer: @Sendable (Result<RedisValue, BrokerFailure>) -> Void

    var size: Int { arguments.reduce(0) { $0 + $1.count + 16 } }

    init(_ arguments: [[UInt8]], _ answer: @escaping @Sendable (Result<RedisValue, BrokerFailure>) -> Void) {
        self.arguments = arguments
        self.answer = answer
    }
}

/// The commands that are used, and how their arguments stand.
enum RedisCommand {
    static func words(_ words: String...) -> [[UInt8]] { words.map { Array($0.utf8) } }

    static func subscribe(_ topics: some Collection<String>) -> [[UInt8]] {
        [Array("SUBSCRIBE".utf8)] + topics.map(channel)
    }

    static func unsubscribe(_ topic: String) -> [[UInt8]] { [Array("UNSUBSCRIBE".utf8), channel(topic)] }

    static func publish(_ payload: [UInt8], to topic: String, from node: String) -> [[UInt8]] {
        [Array("PUBLISH".utf8), channel(topic), RedisEnvelope.published(payload, from: node)]
    }

    static func append(_ payload: [UInt8], key: String, to topic: String, _ limits: JournalLimits) -> [[UInt8]] {
        words("EVAL", appendScript, "3") + [journal(topic), Array("ws101:key:\(topic):\(key)".utf8), channel(topic)]
            + [payload] + words("\(limits.entries)", "\(limits.seconds)")
    }

    static func read(_ topic: String, after position: JournalPosition?, limit: Int) -> [[UInt8]] {
        words("EVAL", readScript, "1") + [journal(topic)] + words(position.map { "(\($0)" } ?? "-", "\(limit)")
    }

    static func channel(_ topic: String) -> [UInt8] { Array((channelPrefix + topic).utf8) }

    static func topic(ofChannel channel: String) -> String? {
        channel.hasPrefix(channelPrefix) ? String(channel.dropFirst(channelPrefix.count)) : nil
    }

    private static func journal(_ topic: String) -> [UInt8] { Array("ws101:journal:\(topic)".utf8) }
    private static let channelPrefix = "ws101:topic:"

    /// Number, entry and announcement in one step: no two nodes can give the same number, and none can be missing. The
    /// epoch is the time at which the journal began; the number goes on behind the newest entry.
    private static let appendScript = """
        local known = redis.call('GET', KEYS[2])
        if known then return known end
        local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
        local epoch, number
        if last then
            epoch, number = string.match(last[1], '^(%d+)-(%d+)$')
        else
            local time = redis.call('TIME')
            epoch, number = string.format('%s%03d', time[1], math.floor(time[2] / 1000)), 0
        end
        local id = string.format('%s-%.0f', epoch, number + 1)
        redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[2], id, 'm', ARGV[1])
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        redis.call('SET', KEYS[2], id, 'EX', 600)
        redis.call('PUBLISH', KEYS[3], 'A' .. id .. '\\n' .. ARGV[1])
        return id
        """

    /// A page and both ends of the journal, at one moment.
    private static let readScript = """
        return {redis.call('XRANGE', KEYS[1], ARGV[1], '+', 'COUNT', ARGV[2]),
            redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1), redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)}
        """
}

import CHiredis

/// A reply of Redis, as its protocol RESP2 has them.
enum RedisValue: Hashable {
    case null
    case integer(Int64)
    case bytes([UInt8])
    case status(String)
    case error(String)
    case array([RedisValue])

    /// A copy of what hiredis read.
    init(_ reply: redisReply) {
        switch reply.type {
        case REDIS_REPLY_INTEGER: self = .integer(reply.integer)
        case REDIS_REPLY_STRING: self = .bytes(RedisValue.bytes(reply))
        case REDIS_REPLY_STATUS: self = .status(String(decoding: RedisValue.bytes(reply), as: UTF8.self))
        case REDIS_REPLY_ERROR: self = .error(String(decoding: RedisValue.bytes(reply), as: UTF8.self))
        case REDIS_REPLY_ARRAY:
            self = .array((0..<reply.elements).map { reply.element[$0].map { RedisValue($0.pointee) } ?? .null })
        default: self = .null
        }
    }

    private static func bytes(_ reply: redisReply) -> [UInt8] {
        guard let text = reply.str else { return [] }
        return Array(UnsafeRawBufferPointer(start: text, count: reply.len))
    }

    var elements: [RedisValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    var payload: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    var text: String? { payload.map { String(decoding: $0, as: UTF8.self) } }
}

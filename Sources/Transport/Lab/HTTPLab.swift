internal import Connection
internal import Synchronization
internal import Wire

/// A small HTTP server of a lab: users by HTTP and over a WebSocket, or one source of events four ways.
package final class HTTPLab: Sendable {
    /// What it serves.
    package enum Content: String, Sendable, CaseIterable {
        /// Users under `/users/ID` with ETag, and over a WebSocket at `/socket`.
        case crud
        /// The same events at `/ws`, `/sse`, `/longpoll` and `/poll`.
        case events
    }

    package let address: HostPort
    private let listener: RawListener
    private let talks: Talks
    private let source: EventSource

    private final class Talks: Sendable {
        private let all = Mutex<[HTTPTalk]?>([])

        func add(_ talk: HTTPTalk) -> Bool {
            all.withLock { all in
                guard let count = all?.count, count < ScriptedServer.mostConnections else { return false }
                all?.append(talk)
                return true
            }
        }

        func takeAll() -> [HTTPTalk] {
            all.withLock { all in
                defer { all = nil }
                return all ?? []
            }
        }
    }

    private init(_ listener: RawListener, _ talks: Talks, _ source: EventSource) {
        self.listener = listener
        self.talks = talks
        self.source = source
        address = listener.address
    }

    package static func start(_ content: Content, on address: HostPort) async throws(TransportError) -> HTTPLab {
        let talks = Talks()
        let source = EventSource()
        let users = UserTable()
        let listener = try await RawListener.start(address) { connection in
            let cursor = EventCursor()
            let talk = HTTPTalk(connection) { head, body in
                if let refusal = HTTPLab.refusal(head) { return refusal }
                switch content {
                case .crud: return await users.reply(to: head, body)
                case .events: return await source.reply(to: head, cursor)
                }
            }
            Task {
                if talks.add(talk) { await talk.run() } else { await talk.stop() }
            }
        }
        if content == .events { await source.begin() }
        return HTTPLab(listener, talks, source)
    }

    /// A page of somebody else's has no business here (CWE-1385).
    private static func refusal(_ head: HTTPHead) -> HTTPTalk.Reply? {
        guard let why = OriginCheck().refusal(of: head, localIP: "127.0.0.1") else { return nil }
        return .answer(status: 403, fields: [("Content-Type", "text/plain")], body: why + "\n")
    }

    package func stop() async {
        await listener.stop()
        await source.end()
        for talk in talks.takeAll() { await talk.stop() }
    }

    /// As a process does that is killed.
    package func kill() async {
        await listener.stop()
        await source.end()
        for talk in talks.takeAll() { await talk.cut() }
    }
}

// MARK: - Users

/// A few users, by HTTP and by message.
private actor UserTable {
    private var users: [Int: (name: String, version: Int)] = [
        1: ("Tim", 1), 2: ("Vint", 1), 7: ("Ben", 1), 42: ("Ada", 1),
    ]

    func reply(to head: HTTPHead, _ body: [UInt8]) -> HTTPTalk.Reply {
        guard case .request(let method, let target, _) = head.startLine else { return problem(400, "no request") }
        if target.hasPrefix("/socket"), head.isUpgradeRequest {
            return .upgrade(push: nil) { await self.answer(to: $0) }
        }
        guard target.hasPrefix("/users/"), let id = Int(target.dropFirst(7)) else {
            return problem(404, "nothing is here; users are at /users/ID, and a WebSocket is at /socket")
        }
        switch method {
        case "GET": return get(id, head)
        case "PUT": return put(id, body)
        case "DELETE":
            let wasThere = users.removeValue(forKey: id) != nil
            return wasThere ? .answer(status: 204, fields: [], body: "") : problem(404, "no such user")
        default: return .answer(status: 405, fields: [("Allow", "GET, PUT, DELETE")], body: "")
        }
    }

    private func get(_ id: Int, _ head: HTTPHead) -> HTTPTalk.Reply {
        guard let user = users[id] else { return problem(404, "no such user") }
        let fields = [
            (name: "ETag", value: "\"v\(user.version)\""), (name: "Cache-Control", value: "private, max-age=60"),
            (name: "Content-Type", value: "application/json"),
        ]
        if head.contains("\"v\(user.version)\"", in: "If-None-Match") {
            return .answer(status: 304, fields: fields, body: "")
        }
        return .answer(status: 200, fields: fields, body: json(id, user.name))
    }

    private func put(_ id: Int, _ body: [UInt8]) -> HTTPTalk.Reply {
        let text = String(decoding: body, as: UTF8.self)
        guard let name = UserTable.value("name", in: text) else { return problem(400, "the body has no name") }
        let version = (users[id]?.version ?? 0) + 1
        let isNew = users[id] == nil
        users[id] = (name, version)
        return .answer(
            status: isNew ? 201 : 200, fields: [("ETag", "\"v\(version)\""), ("Content-Type", "application/json")],
            body: json(id, name))
    }

    /// `{"action":"getUser","id":42}`.
    private func answer(to text: String) -> String {
        guard UserTable.value("action", in: text) == "getUser", let id = UserTable.number("id", in: text) else {
            return #"{"error":"unknown action"}"#
        }
        let request = UserTable.number("req", in: text).map { "\"req\":\($0)," } ?? ""
        guard let user = users[id] else { return "{\(request)\"error\":\"no such user\"}" }
        return "{\(request)" + json(id, user.name).dropFirst()
    }

    private func json(_ id: Int, _ name: String) -> String { #"{"id":\#(id),"name":"\#(UserTable.escape(name))"}"# }

    private func problem(_ status: Int, _ text: String) -> HTTPTalk.Reply {
        .answer(status: status, fields: [("Content-Type", "application/json")], body: #"{"error":"\#(text)"}"#)
    }

    private static func escape(_ text: String) -> String {
        text.flatMap { "\"\\".contains($0) ? ["\\", $0] : [$0] }.reduce("") { $0 + String($1) }
    }

    /// The text behind `"key":` in a flat object; names of at most 100 letters.
    private static func value(_ key: String, in text: String) -> String? {
        guard let place = text.firstRange(of: "\"\(key)\"") else { return nil }
        let rest = text[place.upperBound...].drop { $0.isWhitespace || $0 == ":" }
        guard rest.first == "\"" else { return nil }
        return String(rest.dropFirst().prefix { $0 != "\"" }.prefix(100))
    }

    private static func number(_ key: String, in text: String) -> Int? {
        guard let place = text.firstRange(of: "\"\(key)\"") else { return nil }
        return Int(text[place.upperBound...].drop { $0.isWhitespace || $0 == ":" }.prefix { $0.isNumber })
    }
}

// MARK: - Events

/// How far a connection has come.
private final class EventCursor: Sendable {
    private let next = Mutex(0)

    func take(_ count: Int) -> Int {
        next.withLock { next in
            defer { next = max(next, count) }
            return next
        }
    }
}

/// One source of events: a number and when it happened, at times that nobody can foresee.
private actor EventSource {
    private var events: [String] = []
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var streams: [AsyncStream<String>.Continuation] = []
    private var work: Task<Void, Never>?

    /// The most that a lab ever sees.
    private static let limit = 10_000

    func begin() {
        work = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(Int.random(in: 150...450)))
                self.happen()
            }
        }
    }

    func end() {
        work?.cancel()
        for stream in streams { stream.finish() }
        wake()
    }

    private func happen() {
        guard events.count < EventSource.limit else { return }
        let text = #"{"event":\#(events.count + 1)}"#
        events.append(text)
        for stream in streams { stream.yield(text) }
        wake()
    }

    private func wake() {
        let woken = waiting
        waiting = []
        for continuation in woken { continuation.resume() }
    }

    func reply(to head: HTTPHead, _ cursor: EventCursor) async -> HTTPTalk.Reply {
        switch head.target.map({ String($0.prefix { $0 != "?" }) }) {
        case "/poll": return news(from: cursor.take(events.count))
        case "/longpoll":
            let count = cursor.take(events.count)
            if count >= events.count, work?.isCancelled == false {
                await withCheckedContinuation { waiting.append($0) }
            }
            _ = cursor.take(events.count)
            return news(from: count)
        case "/sse":
            let last = head.values("Last-Event-ID").first.flatMap { Int($0) } ?? events.count
            return .stream(
                fields: [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")], sse(from: last))
        case "/ws" where head.isUpgradeRequest: return .upgrade(push: stream()) { _ in nil }
        default:
            return .answer(
                status: 404, fields: [("Content-Type", "text/plain")],
                body: "Events are at /ws, /sse, /longpoll and /poll.\n")
        }
    }

    private func news(from start: Int) -> HTTPTalk.Reply {
        let new = events.dropFirst(max(start, 0))
        if new.isEmpty { return .answer(status: 204, fields: [], body: "") }
        return .answer(
            status: 200, fields: [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
            body: "[\(new.joined(separator: ","))]")
    }

    /// A slow reader misses the oldest.
    private func stream() -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(256))
        streams.append(continuation)
        return stream
    }

    private func sse(from last: Int) -> AsyncStream<String> {
        let missed = events.enumerated().dropFirst(max(last, 0)).map { ($0.offset + 1, $0.element) }
        let start = events.count
        let live = stream()
        return AsyncStream { continuation in
            let feeding = Task {
                continuation.yield("retry: 1000\n\n")
                for (number, text) in missed { continuation.yield("id: \(number)\ndata: \(text)\n\n") }
                var number = start
                for await text in live {
                    number += 1
                    continuation.yield("id: \(number)\ndata: \(text)\n\n")
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in feeding.cancel() }
        }
    }
}

import Glibc

/// Speaks with Redis over two connections, for RESP2 lets one that has subscribed do nothing else, and keeps trying
/// when they are lost. All on one thread of its own.
final class RedisWorker {
    private let options: RedisOptions
    private let mailbox: RedisMailbox
    private let notify: (BrokerNotice) -> Void
    private var random = SystemRandomNumberGenerator()

    private var subscribers = RedisSubscribers()
    private var commands: RedisConnection?
    private var events: RedisConnection?
    /// Sent to Redis and not answered, in their order.
    private var unanswered: [RedisRequest] = []
    /// When each connection was asked for a sign of life.
    private var asked: (commands: UInt64, events: UInt64) = (0, 0)
    private var lostAt: UInt64?
    /// Topics that are subscribed again after a gap, and the gap.
    private var restoring: (gap: BrokerGap, topics: Set<String>, count: Int)?

    init(_ options: RedisOptions, _ mailbox: RedisMailbox, notify: @escaping (BrokerNotice) -> Void) {
        self.options = options
        self.mailbox = mailbox
        self.notify = notify
    }

    /// Returns when the mailbox says stop, or where the very first attempt failed.
    /// - Parameter first: How the first attempt went.
    func run(first: (Result<Void, BrokerFailure>) -> Void) {
        do throws(BrokerFailure) {
            try open()
        } catch {
            return first(.failure(error))
        }
        notify(.connected)
        first(.success(()))
        var attempt = 0
        while !mailbox.isStopping {
            do throws(BrokerFailure) {
                if commands == nil { try open() }
                attempt = 0
                try serve()
            } catch {
                attempt = retry(attempt, error)
            }
        }
        close(.stopped)
    }

    private func retry(_ attempt: Int, _ error: BrokerFailure) -> Int {
        let wait = max(Int(options.reconnect.delay(attempt: attempt, using: &random).inNanoseconds / 1_000_000), 20)
        if commands != nil {
            lostAt = lostAt ?? Clock.milliseconds()
            notify(.lost(why: error.why))
            close(error)
        } else {
            notify(.unreachable(why: error.why, retryIn: wait))
        }
        pause(wait)
        return attempt + 1
    }

    // MARK: Connections

    private func open() throws(BrokerFailure) {
        let commands = try RedisConnection(options.url.address, timeout: options.connectTimeout)
        let events = try RedisConnection(options.url.address, timeout: options.connectTimeout)
        for connection in [commands, events] { try greet(connection) }
        self.commands = commands
        self.events = events
        mailbox.connected()
        try resubscribe(events)
    }

    /// Logs in where that is wanted; the first answer shows that it is Redis, and lets us in.
    private func greet(_ connection: RedisConnection) throws(BrokerFailure) {
        if let password = options.password { try connection.append(RedisCommand.words("AUTH", password)) }
        try connection.append(RedisCommand.words("PING"))
        var expected = options.password == nil ? 1 : 2
        let deadline = Clock.milliseconds() + UInt64(options.connectTimeout)
        while expected > 0 {
            try connection.write()
            guard Clock.milliseconds() < deadline else {
                throw BrokerFailure("it accepts connections, and says nothing")
            }
            var waiting = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
            poll(&waiting, 1, 50)
            guard waiting.revents != 0 else { continue }
            for value in try connection.read() {
                if case .error(let text) = value { throw BrokerFailure(text) }
                expected -= 1
            }
        }
    }

    private func resubscribe(_ events: RedisConnection) throws(BrokerFailure) {
        let names = subscribers.names
        if let lostAt {
            let gap = BrokerGap(
                duration: Int(Clock.milliseconds() - lostAt), unpublished: mailbox.takeUnpublished())
            restoring = (gap, Set(names), names.count)
        }
        lostAt = nil
        if !names.isEmpty { try events.append(RedisCommand.subscribe(names)) }
        noteRestored(nil)
    }

    private func close(_ error: BrokerFailure) {
        mailbox.disconnected()
        commands = nil
        events = nil
        restoring = nil
        for subscription in subscribers.unconfirm() { subscription.tell(.lost) }
        let failed = unanswered
        unanswered = []
        mailbox.answered(failed)
        for request in failed { request.answer(.failure(error)) }
        takeLetters()
    }

    /// Waits for the next attempt, and does meanwhile what needs no Redis.
    private func pause(_ milliseconds: Int) {
        let end = Clock.milliseconds() + UInt64(milliseconds)
        while !mailbox.isStopping, case let now = Clock.milliseconds(), now < end {
            var bell = pollfd(fd: mailbox.bell, events: Int16(POLLIN), revents: 0)
            poll(&bell, 1, CInt(end - now))
            takeLetters()
        }
    }

    // MARK: Serving

    private func serve() throws(BrokerFailure) {
        while !mailbox.isStopping {
            takeLetters()
            guard let commands, let events else { return }
            for connection in [commands, events] where connection.wantsToWrite { try connection.write() }
            var files = [
                pollfd(fd: mailbox.bell, events: Int16(POLLIN), revents: 0), RedisWorker.wish(commands),
                RedisWorker.wish(events),
            ]
            poll(&files, 3, CInt(options.heartbeat))
            if files[1].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 { answer(try commands.read()) }
            if files[2].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 {
                for value in try events.read() { hear(value) }
            }
            try checkSilence(commands, &asked.commands)
            try checkSilence(events, &asked.events)
        }
    }

    private static func wish(_ connection: RedisConnection) -> pollfd {
        pollfd(
            fd: connection.descriptor, events: Int16(connection.wantsToWrite ? POLLIN | POLLOUT : POLLIN), revents: 0)
    }

    /// A server that is gone without a FIN is told only by its silence.
    private func checkSilence(_ connection: RedisConnection, _ asked: inout UInt64) throws(BrokerFailure) {
        let silence = Clock.milliseconds() - connection.heardAt
        guard silence < UInt64(3 * options.heartbeat) else {
            throw BrokerFailure("no sign of life for \(silence) ms")
        }
        // Equal where the answer came within the same millisecond as the question.
        guard silence >= UInt64(options.heartbeat), asked <= connection.heardAt else { return }
        asked = Clock.milliseconds()
        if connection === commands { unanswered.append(RedisRequest([]) { _ in }) }
        try connection.append(RedisCommand.words("PING"))
    }

    private func answer(_ values: [RedisValue]) {
        let count = min(values.count, unanswered.count)
        let answered = unanswered.prefix(count)
        unanswered.removeFirst(count)
        mailbox.answered(answered)
        for (request, value) in zip(answered, values) {
            if case .error(let text) = value {
                request.answer(.failure(BrokerFailure("Redis answered: \(text)")))
            } else {
                request.answer(.success(value))
            }
        }
    }

    private func hear(_ value: RedisValue) {
        let parts = value.elements
        guard parts.count == 3, let kind = parts[0].text,
            let topic = parts[1].text.flatMap(RedisCommand.topic(ofChannel:))
        else { return }
        switch kind {
        case "subscribe":
            let subscriptions = subscribers.confirm(topic)
            if let gap = restoring?.gap, restoring?.topics.contains(topic) == true {
                for subscription in subscriptions { subscription.tell(.restored(gap)) }
            }
            for subscription in subscriptions { subscription.tell(.subscribed) }
            noteRestored(topic)
        case "message":
            if let event = parts[2].payload.flatMap(RedisEnvelope.init).flatMap(event) {
                for subscription in subscribers.of(topic) { subscription.tell(event) }
            }
        default: break
        }
    }

    private func event(_ envelope: RedisEnvelope) -> BrokerEvent? {
        switch envelope {
        case .published(let payload, let node): node == options.node ? nil : .published(payload)
        case .appended(let entry): .appended(entry)
        }
    }

    /// Told once, when the last topic is subscribed again.
    private func noteRestored(_ topic: String?) {
        if let topic { restoring?.topics.remove(topic) }
        guard let done = restoring, done.topics.isEmpty else { return }
        restoring = nil
        notify(.restored(done.gap, topics: done.count))
    }

    // MARK: Letters

    private func takeLetters() {
        for letter in mailbox.take() {
            switch letter {
            case .add(let subscription): add(subscription)
            case .remove(let subscription):
                if subscribers.remove(subscription) {
                    try? events?.append(RedisCommand.unsubscribe(subscription.topic))
                }
            case .request(let request): send(request)
            }
        }
    }

    private func add(_ subscription: BrokerSubscription) {
        let (isNew, isConfirmed) = subscribers.add(subscription)
        if isConfirmed { subscription.tell(.subscribed) }
        // A connection that failed here shows it at the next read.
        if isNew { try? events?.append(RedisCommand.subscribe([subscription.topic])) }
    }

    private func send(_ request: RedisRequest) {
        guard let commands else {
            mailbox.answered([request])
            return request.answer(.failure(BrokerFailure("the broker is out of reach")))
        }
        do throws(BrokerFailure) {
            try commands.append(request.arguments)
            unanswered.append(request)
        } catch {
            mailbox.answered([request])
            request.answer(.failure(error))
        }
    }
}

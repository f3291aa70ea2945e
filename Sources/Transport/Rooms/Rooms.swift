import NIOCore
import NIOPosix
import Synchronization

/// The rooms of a node: its members here, how many there are on other nodes, and each room's topic at the broker.
///
/// Presence is soft state: a node tells its counts when they change and when another one asks; who gives no sign of life
/// for some seconds is gone, and its members with it. Nothing of it is kept anywhere.
final class Rooms: Sendable {
    struct Hooks: Sendable {
        /// A member of another node said something.
        var said: @Sendable (_ room: String, Message.Kind, [UInt8]) -> Void = { _, _, _ in }
        /// Something was appended to the room's journal.
        var appended: @Sendable (_ room: String, JournalEntry) -> Void = { _, _ in }
        /// Nothing is missed from here on.
        var subscribed: @Sendable (_ room: String) -> Void = { _ in }
        /// The broker is back after a gap.
        var restored: @Sendable (_ room: String, BrokerGap) -> Void = { _, _ in }
    }

    struct Room {
        var members: [WebSocketConnection] = []
        /// Those who want to know who is here.
        var curious: [WebSocketConnection] = []
        var others: [String: Int] = [:]
        var subscription: BrokerSubscription?
        var isNewsDue = false
    }

    private struct State {
        var rooms: [String: Room] = [:]
        /// When each other node was heard last, in milliseconds.
        var nodes: [String: UInt64] = [:]
        var pulse: BrokerSubscription?
    }

    let broker: any Broker
    let mostMembers: Int
    private let hooks: Hooks
    private let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
    private let state = Mutex(State())

    private static let pulseTopic = "nodes"
    private static let pulseInterval = TimeAmount.seconds(1)
    /// In milliseconds: a node is missed after three beats that did not come.
    private static let patience: UInt64 = 3500
    private static let newsDelay = TimeAmount.milliseconds(50)

    init(_ broker: any Broker, mostMembers: Int, hooks: Hooks) {
        self.broker = broker
        self.mostMembers = mostMembers
        self.hooks = hooks
    }

    // MARK: Members

    /// - Parameter isCurious: Whether the member wants to be told who is here.
    /// - Returns: False where the room is full on this node.
    func enter(_ connection: WebSocketConnection, _ name: String, isCurious: Bool) -> Bool {
        let (isIn, isNew) = state.withLock { state in
            guard state.rooms[name, default: Room()].members.count < mostMembers else { return (false, false) }
            let isNew = state.rooms[name] == nil
            state.rooms[name, default: Room()].members.append(connection)
            if isCurious { state.rooms[name]?.curious.append(connection) }
            return (true, isNew)
        }
        guard isIn else { return false }
        if isNew { open(name) }
        changed(name)
        return true
    }

    func leave(_ connection: WebSocketConnection, _ name: String) {
        let subscription = state.withLock { state -> BrokerSubscription? in
            guard var room = state.rooms[name] else { return nil }
            room.members.removeAll { $0 === connection }
            room.curious.removeAll { $0 === connection }
            state.rooms[name] = room.members.isEmpty ? nil : room
            return room.members.isEmpty ? room.subscription : nil
        }
        subscription?.cancel()
        changed(name)
    }

    /// The members here.
    func members(of name: String) -> [WebSocketConnection] { state.withLock { $0.rooms[name]?.members ?? [] } }

    /// Members by node.
    func presence(of name: String) -> RoomPresence {
        state.withLock { state in
            let room = state.rooms[name] ?? Room()
            return RoomPresence(
                node: broker.node, nodes: room.others.merging([broker.node: room.members.count]) { $1 })
        }
    }

    /// Tells every member here.
    func notify(_ notice: RoomNotice, _ name: String) {
        Fanout.send(.text, Array(notice.text.utf8), to: members(of: name))
    }

    func publish(_ word: RoomWord, _ name: String) {
        if broker.isShared { broker.publish(word.bytes, to: Rooms.topic(name)) }
    }

    /// What a room's topic is called at the broker.
    static func topic(_ name: String) -> String { "room:\(name)" }

    // MARK: The topic

    private func open(_ name: String) {
        startPulse()
        let subscription = broker.subscribe(Rooms.topic(name)) { [weak self] event in self?.handle(event, name) }
        // Meanwhile the room may have been left, and even entered again.
        let isWanted = state.withLock { state in
            guard state.rooms[name] != nil, state.rooms[name]?.subscription == nil else { return false }
            state.rooms[name]?.subscription = subscription
            return true
        }
        if !isWanted { subscription.cancel() }
    }

    private func handle(_ event: BrokerEvent, _ name: String) {
        switch event {
        case .subscribed:
            publish(.ask, name)
            tellCount(name)
            hooks.subscribed(name)
        case .published(let payload): if let word = RoomWord(payload) { handle(word, name) }
        case .appended(let entry): hooks.appended(name, entry)
        case .lost: break
        case .restored(let gap): hooks.restored(name, gap)
        }
    }

    private func handle(_ word: RoomWord, _ name: String) {
        switch word {
        case .said(let kind, let bytes): hooks.said(name, kind, bytes)
        case .ask: tellCount(name)
        case .count(let count, let node):
            state.withLock { state in
                state.nodes[node] = Clock.milliseconds()
                state.rooms[name]?.others[node] = count == 0 ? nil : count
            }
            tellNews(name)
        }
    }

    private func tellCount(_ name: String) {
        publish(.count(members(of: name).count, node: broker.node), name)
    }

    private func changed(_ name: String) {
        tellCount(name)
        tellNews(name)
    }

    /// Tells the curious soon: many who come at once are told together.
    private func tellNews(_ name: String) {
        let isDue = state.withLock { state in
            guard let room = state.rooms[name], !room.curious.isEmpty, !room.isNewsDue else { return false }
            state.rooms[name]?.isNewsDue = true
            return true
        }
        guard isDue else { return }
        eventLoop.scheduleTask(in: Rooms.newsDelay) { [weak self] in
            guard let self else { return }
            let curious = state.withLock { state in
                state.rooms[name]?.isNewsDue = false
                return state.rooms[name]?.curious ?? []
            }
            let text = RoomNotice.presence(presence(of: name)).text
            Fanout.send(.text, Array(text.utf8), to: curious)
        }
    }

    // MARK: Who is alive

    private func startPulse() {
        guard broker.isShared, state.withLock({ $0.pulse == nil }) else { return }
        let pulse = broker.subscribe(Rooms.pulseTopic) { [weak self] event in
            guard case .published(let payload) = event else { return }
            let node = String(decoding: payload, as: UTF8.self)
            if NodeName.isGood(node) { self?.state.withLock { $0.nodes[node] = Clock.milliseconds() } }
        }
        let isFirst = state.withLock { state in
            defer { state.pulse = state.pulse ?? pulse }
            return state.pulse == nil
        }
        guard isFirst else { return pulse.cancel() }
        eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: Rooms.pulseInterval) { [weak self] task in
            guard let self else { return task.cancel() }
            beat()
        }
    }

    private func beat() {
        broker.publish(Array(broker.node.utf8), to: Rooms.pulseTopic)
        let now = Clock.milliseconds()
        let changed = state.withLock { state in
            let gone = state.nodes.filter { $0.value + Rooms.patience < now }.map(\.key)
            for node in gone { state.nodes[node] = nil }
            let changed = state.rooms.filter { room in gone.contains { room.value.others[$0] != nil } }.map(\.key)
            for name in changed { for node in gone { state.rooms[name]?.others[node] = nil } }
            return changed
        }
        for name in changed { tellNews(name) }
    }
}

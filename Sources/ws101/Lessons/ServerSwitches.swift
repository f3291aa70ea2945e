import Connection
import Transport
import Tutor

/// The switches of a lab's server, as options of the teaching server.
enum ServerSwitches {
    /// What a server of a lab has by itself: a person who types is slow, and no traffic comes that was not asked for.
    static func options(tap: (any Tap)?) -> WebSocketServer.Options {
        var options = WebSocketServer.Options()
        options.address = HostPort(host: "127.0.0.1", port: 0)
        options.handshakeTimeout = .seconds(600)
        options.pingInterval = nil
        options.tap = tap
        return options
    }

    /// - Returns: The names there are, for messages.
    static let names = [
        "max-message", "max-connections", "max-queue", "ping", "pong-timeout", "handshake-timeout", "close-timeout",
        "compression", "origins", "max-fragments", "idle", "auth", "session", "rate", "queue", "faults", "broker",
    ]

    static func apply(
        _ name: String, _ value: String, to options: inout WebSocketServer.Options
    ) throws(LabProblem) {
        switch name {
        case "max-message": options.maximumMessage = try count(value, name)
        case "max-connections": options.maximumConnections = try count(value, name)
        case "max-queue": options.maximumQueue = try count(value, name)
        case "ping": options.pingInterval = value == "never" ? nil : try duration(value, name)
        case "pong-timeout": options.pongTimeout = try duration(value, name)
        case "handshake-timeout": options.handshakeTimeout = try duration(value, name)
        case "close-timeout": options.closeTimeout = try duration(value, name)
        case "compression": options.compresses = try truth(value, name)
        case "max-fragments": options.maximumFragments = try count(value, name)
        case "idle": options.idleLimit = value == "never" ? nil : try duration(value, name)
        case "auth": options.authentication = try authentication(value)
        case "session": options.authentication?.sessionLifetime = try duration(value, name)
        case "rate":
            options.rateLimit = value == "unlimited" ? nil : RateLimit(perSecond: Double(try count(value, name)))
        case "queue": options.queuePolicy = try queuePolicy(value)
        case "faults": options.faults = try faults(value)
        case "origins": options.allowedOrigins = value == "any" ? ["*"] : list(value)
        default:
            throw LabProblem("a server has no switch \"\(name)\"; there are \(names.joined(separator: ", "))")
        }
    }

    /// Alice and Mallory, each with a token that a lesson can name.
    private static func authentication(_ value: String) throws(LabProblem) -> Authentication? {
        let method: Authentication.Method
        switch value {
        case "none": return nil
        case "bearer": method = .header
        case "subprotocol": method = .subprotocol
        case "first-message": method = .firstMessage
        default: throw LabProblem("auth is none, bearer, subprotocol or first-message, not \"\(value)\"")
        }
        let users = ["alice", "mallory"].map { Authentication.User(name: $0, token: "\($0)-secret") }
        return Authentication(methods: [method], users: users)
    }

    private static func queuePolicy(_ value: String) throws(LabProblem) -> QueuePolicy {
        guard let policy = QueuePolicy(named: value) else {
            throw LabProblem("queue is \(QueuePolicy.names.joined(separator: ", ")), not \"\(value)\"")
        }
        return policy
    }

    private static func faults(_ value: String) throws(LabProblem) -> Set<Fault> {
        var faults: Set<Fault> = []
        for name in list(value) where name != "none" {
            guard let fault = Fault(rawValue: name) else {
                let all = Fault.allCases.map(\.rawValue).joined(separator: ", ")
                throw LabProblem("there is no fault \"\(name)\"; there are \(all)")
            }
            faults.insert(fault)
        }
        return faults
    }

    private static func list(_ value: String) -> [String] {
        value.split(separator: ",").map { String($0).trimmingWhitespace }
    }

    static func count(_ value: String, _ name: String) throws(LabProblem) -> Int {
        guard let number = Figure.parse(value), number >= 1, number < 1e15 else {
            throw LabProblem("\(name) takes a number from 1 on, not \"\(value)\"")
        }
        return Int(number)
    }

    static func duration(_ value: String, _ name: String) throws(LabProblem) -> Duration {
        guard let milliseconds = Figure.parse(value), milliseconds > 0, milliseconds < 1e9 else {
            throw LabProblem("\(name) takes a time such as 500ms, not \"\(value)\"")
        }
        return .microseconds(Int64(milliseconds * 1000))
    }

    static func truth(_ value: String, _ name: String) throws(LabProblem) -> Bool {
        switch value {
        case "yes", "true": true
        case "no", "false": false
        default: throw LabProblem("\(name) is yes or no, not \"\(value)\"")
        }
    }
}

extension String {
    var trimmingWhitespace: String {
        let front = drop(while: \.isWhitespace)
        return String(front.reversed().drop(while: \.isWhitespace).reversed())
    }
}

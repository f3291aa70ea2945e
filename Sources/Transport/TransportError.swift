import Glibc
internal import NIOCore
internal import NIOPosix

/// What could not be done, why, and what to do about it, each in a few words for a person.
public struct TransportError: Error, Hashable, Sendable {
    /// Such as "cannot listen on 127.0.0.1:9001".
    public let what: String
    /// The cause, as the system or the peer gave it.
    public let why: String
    /// What to try next.
    public let advice: String
    /// The HTTP status with which a server refused, where it did.
    package internal(set) var refusal: Int?

    /// An error of these three parts.
    public init(what: String, why: String, advice: String) {
        self.what = what
        self.why = why
        self.advice = advice
    }
}

extension TransportError: CustomStringConvertible {
    /// All three in one line.
    public var description: String { "\(what): \(why); \(advice)" }
}

extension TransportError {
    /// A server's socket could not be opened.
    static func listening(on address: HostPort, _ error: any Error) -> TransportError {
        TransportError(
            what: "cannot listen on \(address)", why: reason(error),
            advice: listenAdvice(errno: errnoCode(error), port: address.port))
    }

    /// A connection to a server could not be made.
    static func connecting(to address: HostPort, _ error: any Error) -> TransportError {
        TransportError(
            what: "cannot connect to \(address)", why: reason(error), advice: connectAdvice(error, address: address))
    }

    private static func listenAdvice(errno code: CInt?, port: Int) -> String {
        switch code {
        case EADDRINUSE:
            "see who has the port with: ss -ltnp 'sport = :\(port)', or choose another (port 0 takes a free one)"
        case EACCES: "ports below 1024 need privileges; choose a higher one"
        case EADDRNOTAVAIL: "this machine has no such address; use 127.0.0.1 or one that `ip addr` shows"
        default: "choose another address"
        }
    }

    private static func connectAdvice(_ error: any Error, address: HostPort) -> String {
        if let error = error as? NIOConnectionError, error.dnsAError ?? error.dnsAAAAError != nil,
            error.connectionErrors.isEmpty
        {
            return "check the host's spelling, and name resolution with: getent hosts \(address.host)"
        }
        if let failure = TLSFailure(error) { return failure.advice }
        return switch errnoCode(error) {
        case ECONNREFUSED: "nothing listens there; check that the server runs, and its port"
        case ENETUNREACH, EHOSTUNREACH: "check the network and the address"
        case ETIMEDOUT: "check the address and firewalls on the way"
        default: "check the address"
        }
    }

    /// The cause in words.
    static func reason(_ error: any Error) -> String {
        if let code = errnoCode(error) { return String(cString: strerror(code)).lowercased() }
        if let error = error as? NIOConnectionError, error.dnsAError ?? error.dnsAAAAError != nil {
            return "the name does not resolve"
        }
        if case ChannelError.connectTimeout(let time)? = error as? ChannelError {
            return "no answer within \(time.nanoseconds / 1_000_000_000) s"
        }
        return TLSFailure(error)?.why ?? "\(error)"
    }

    private static func errnoCode(_ error: any Error) -> CInt? {
        if let error = error as? IOError { return error.errnoCode }
        if let error = error as? NIOConnectionError, let last = error.connectionErrors.last {
            return errnoCode(last.error)
        }
        return nil
    }
}

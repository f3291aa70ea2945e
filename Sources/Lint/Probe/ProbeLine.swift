package import Connection

/// A TCP connection of the probe, or TLS over one; nothing but bytes.
package protocol ProbeLine: AnyObject {
    /// Hands bytes to the system, as fast as the server takes them.
    ///
    /// Bytes that a server did not take until the deadline are lost, and with them the place in the stream: what
    /// follows is only to receive and to close.
    func send(_ bytes: [UInt8], until deadline: Timestamp) async -> LineSent

    /// What came since the last call, or comes until the deadline.
    func receive(until deadline: Timestamp) async -> LineReceived

    /// Whether bytes are taken from the system before they are asked for, up to a bound: so they are there even where
    /// the server resets the connection behind them. True at first. A slow reader turns it off.
    func readAhead(_ isOn: Bool) async

    /// Ends it at once; what was not sent yet is lost.
    func close() async
}

package enum LineSent: Hashable, Sendable {
    case all
    /// The server stopped reading; so many bytes were taken.
    case stalled(Int)
    /// The connection is gone.
    case ended
}

package enum LineReceived: Hashable, Sendable {
    case bytes([UInt8])
    /// Nothing until the deadline.
    case silence
    case ended(LineEnd)
}

/// How the server, or the network, ended a line.
package enum LineEnd: Hashable, Sendable {
    case fin, reset
    /// Why, in words; safe text.
    case lost(String)

    var words: String {
        switch self {
        case .fin: "the server ended TCP (FIN)"
        case .reset: "the server reset TCP (RST)"
        case .lost(let why): why
        }
    }
}

/// Where lines come from: the network and the clock, or a test's own.
package protocol ProbeLines: AnyObject {
    func now() -> Timestamp
    func sleep(until: Timestamp) async

    /// A new line to the server that is probed; for TLS, its handshake may still be under way.
    func open(_ options: LineOptions, until deadline: Timestamp) async throws(LineFault) -> any ProbeLine

    /// The other end of a line; nil where it cannot be seen from here.
    func farEnd(of line: any ProbeLine) -> FarEnd?
}

/// What this machine's system knows of the server's end of a line.
package struct FarEnd: Hashable, Sendable {
    /// Bytes that the server has sent, and that wait in the system because the client does not read.
    package let unsent: Int
    /// Bytes for the server that wait in the system because it does not read.
    package let unread: Int
    /// The resident memory of the server's process in bytes; nil where it cannot be seen.
    package let memory: Int?

    package init(unsent: Int, unread: Int, memory: Int?) {
        self.unsent = unsent
        self.unread = unread
        self.memory = memory
    }
}

package struct LineOptions: Hashable, Sendable {
    /// The sizes of the system's buffers for this line, in bytes; nil for the system's choice.
    package var receiveBuffer: Int?
    package var sendBuffer: Int?

    package init(receiveBuffer: Int? = nil, sendBuffer: Int? = nil) {
        self.receiveBuffer = receiveBuffer
        self.sendBuffer = sendBuffer
    }
}

/// Why there is no line, and what to do; safe text.
package struct LineFault: Error, Hashable, Sendable {
    package let why: String
    package let advice: String

    package init(why: String, advice: String) {
        self.why = why
        self.advice = advice
    }
}

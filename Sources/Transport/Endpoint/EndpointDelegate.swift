import Connection
import Wire

/// What a server or a client does with what its endpoint tells. All calls are on the connection's event loop; pointers
/// are valid during the call only.
protocol EndpointDelegate: AnyObject {
    /// Server: `EndpointHandler.accept` or `refuse` must answer before the call returns.
    func requested(_ request: HTTPHead)
    /// Client: the server's answer is good.
    func opened()
    func received(_ opcode: Opcode, _ message: UnsafeMutableRawBufferPointer)
    func ping(_ payload: UnsafeMutableRawBufferPointer)
    func pong(_ payload: UnsafeMutableRawBufferPointer, roundTrip: Int64?)
    /// The peer's Close came.
    func closed()
    /// The endpoint failed the connection; `EndpointHandler.endpoint.failure` says why.
    func failed()
    /// All that had to wait has been handed to the system.
    func drained()
    /// More waits to be sent than is allowed. Told once.
    func overflowed()
    /// Time has passed; told about four times a second where `EndpointHandler.isWatched`.
    func woken(at now: Timestamp)
    /// TCP is over, and with it the connection. The last call.
    func ended(_ end: TCPEnd)
}

extension EndpointDelegate {
    func woken(at now: Timestamp) {}
}

/// How the TCP connection ended, as seen from here.
struct TCPEnd {
    /// The peer sent a FIN.
    var hasPeerFinished = false
    /// A FIN was sent from here.
    var hasFinished = false
    /// The side that aborted with a RST.
    var resetBy: Side?
    /// What went wrong with the socket or TLS.
    var error: (any Error)?
}

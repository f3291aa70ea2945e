import Connection
import Lint
import Transport

/// The probe's lines over the network.
final class NetworkLines: ProbeLines {
    private let url: WebSocketURL
    private let trust: ClientTLS

    init(_ url: WebSocketURL, _ trust: ClientTLS) {
        self.url = url
        self.trust = trust
    }

    func now() -> Timestamp { Clock.now() }

    func sleep(until time: Timestamp) async {
        let left = time.since(Clock.now())
        if left > 0 { try? await Task.sleep(for: .nanoseconds(left)) }
    }

    func open(_ options: LineOptions, until deadline: Timestamp) async throws(LineFault) -> any ProbeLine {
        do throws(TransportError) {
            let timeout = Duration.nanoseconds(max(deadline.since(Clock.now()), 1))
            return NetworkLine(
                try await RawConnection.connect(
                    to: url, trust, receiveBuffer: options.receiveBuffer, sendBuffer: options.sendBuffer,
                    timeout: timeout))
        } catch {
            throw LineFault(why: error.why, advice: error.advice)
        }
    }

    func farEnd(of line: any ProbeLine) -> FarEnd? {
        guard HostPort.isLoopback(url.address.host), let ports = (line as? NetworkLine)?.ports else { return nil }
        return FarEnd(local: ports.remote, remote: ports.local)
    }
}

/// One of them.
final class NetworkLine: ProbeLine {
    private let connection: RawConnection

    init(_ connection: RawConnection) { self.connection = connection }

    var ports: (local: UInt16, remote: UInt16)? { connection.ports }

    func send(_ bytes: [UInt8], until deadline: Timestamp) async -> LineSent {
        switch await connection.send(bytes, until: deadline) {
        case .all: .all
        case .stalled(let count): .stalled(count)
        case .ended: .ended
        }
    }

    func receive(until deadline: Timestamp) async -> LineReceived {
        switch await connection.receive(until: deadline) {
        case .bytes(let bytes): .bytes(bytes)
        case .silence: .silence
        case .ended(.fin): .ended(.fin)
        case .ended(.reset): .ended(.reset)
        case .ended(.lost(let why)): .ended(.lost(why))
        }
    }

    func readAhead(_ isOn: Bool) async { await connection.readAhead(isOn) }

    func close() async { await connection.close() }
}

package import Connection
internal import Wire

/// A client of the zoo at work.
package enum ZooClient {
    /// Connects to a server, does what its fault is, and comes back as often as it does. Returns when it is over, or
    /// when the task is cancelled.
    package static func run(_ fault: ZooFault, to server: WebSocketURL, tap: any Tap) async throws(TransportError) {
        for visit in 0...fault.reconnects.times {
            if visit > 0 { try? await Task.sleep(for: .milliseconds(fault.reconnects.pause)) }
            if Task.isCancelled { return }
            try await visitOnce(fault, server, tap)
        }
    }

    private static func visitOnce(
        _ fault: ZooFault, _ server: WebSocketURL, _ tap: any Tap
    ) async throws(TransportError) {
        let peer = try await RawClient.connect(to: server, tap: tap)
        let reading = Task { await peer.read() }
        await RawClient.open(peer, server, fields: [])
        var habits = RawPeer.Habits()
        habits.answersPing = !fault.script.lines.contains("/silent")
        habits.answersClose = true
        await peer.behave(habits)
        for line in fault.script.lines where !Task.isCancelled { await peer.perform(RawLine(line, isOpen: true)) }
        // It stays until the server, or the lab, ends it.
        await withTaskCancellationHandler {
            await reading.value
        } onCancel: {
            Task { await peer.end() }
        }
    }
}

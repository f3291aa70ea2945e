import Connection
import Synchronization
import Transport

/// A faulty client of the zoo, at work by itself.
final class ZooParty: LabParty {
    private let work: Task<Void, Never>

    init(
        _ fault: ZooFault, name: String, tap: any Tap, say: @escaping LabVoice,
        server: @escaping @Sendable () async -> HostPort?
    ) {
        let tap = NamedTap(tap, name: name)
        work = Task {
            guard let address = await server() else { return }
            do {
                try await ZooClient.run(fault, to: WebSocketURL(address: address), tap: tap)
            } catch {
                say("· \(error)")
            }
        }
    }

    func type(_ line: String) async {}

    func stop() async {
        work.cancel()
        await work.value
    }
}

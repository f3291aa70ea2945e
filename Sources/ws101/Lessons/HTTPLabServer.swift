import Transport

/// A small HTTP server of a lab: users, or events.
actor HTTPLabServer: LabServer {
    private let content: HTTPLab.Content
    private var server: HTTPLab?
    private(set) var address = HostPort(host: "127.0.0.1", port: 0)

    init(_ content: HTTPLab.Content) { self.content = content }

    func start() async throws(TransportError) {
        guard server == nil else { return }
        let started = try await HTTPLab.start(content, on: address)
        address = started.address
        server = started
    }

    func stop() async {
        let old = server
        server = nil
        await old?.stop()
    }

    func kill() async {
        let old = server
        server = nil
        await old?.kill()
    }

    func drain() async { await stop() }

    func set(_ name: String, _ value: String) async throws(LabProblem) {
        throw LabProblem("this server has no switches")
    }
}

import Lint
import Transport
import Wire

/// `ws101 lint ws://…`: probes a running server.
struct ProbeRun {
    let url: WebSocketURL
    let options: ProbeOptions
    let trust: ClientTLS

    init(url: WebSocketURL, options: ProbeOptions, trust: ClientTLS) {
        self.url = url
        self.options = options
        self.trust = trust
    }

    /// - Parameters:
    ///   - settings: Which rules, and with which thresholds.
    ///   - progress: Takes a line for standard error.
    /// - Returns: What was found, also where the probe stopped before its end.
    func run(_ settings: LintSettings, progress: (String) -> Void) async throws -> Findings {
        try checkHost()
        try checkRequest()
        let target = ProbeTarget(
            isTLS: url.isTLS, host: url.address.host, authority: url.authority, target: url.target,
            isLoopback: HostPort.isLoopback(url.address.host))
        let session = ProbeSession(
            NetworkLines(url, trust), target, options, settings, budget: ProbeBudget(isSlow: options.isSlow),
            random: SystemRandomNumberGenerator())
        do {
            return try await Prober(session).run(progress: progress)
        } catch ProbeStop.unfit(let why, let advice) {
            throw Failure("cannot probe \(url): \(why)", next: advice)
        }
    }

    /// What was given for the request must fit into one.
    private func checkRequest() throws {
        do {
            _ = try OpeningHandshake.request(
                target: url.target, host: url.authority, key: "", origin: options.origin,
                subprotocols: options.subprotocols, extra: options.headers)
        } catch {
            throw Failure("this does not fit into a request: \(error.text)", status: Failure.wrongUse)
        }
    }

    private func checkHost() throws {
        let host = url.address.host
        guard HostPort.isLoopback(host) || options.allowedHosts.contains(host) else {
            throw Failure(
                "\(host) is not this machine, and the probe sends what may disturb a server",
                next: "if the server is yours to disturb, add: --allow-host \(host)", status: Failure.wrongUse)
        }
    }
}

extension HTTPHeadWriter.Fault {
    /// Safe text; of a value nothing, for it may be a secret.
    fileprivate var text: String {
        switch self {
        case .target(let target): "the target \(SafeText.escape(target))"
        case .name(let name): "a header of the name \"\(SafeText.escape(name))\""
        case .value(_, let name): "the value of \(name), which has a control character"
        }
    }
}

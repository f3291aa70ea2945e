import ArgumentParser
import Transport

extension Fault: ExpressibleByArgument {}

/// `--faulty`.
struct FaultOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Do this wrong on purpose, on this machine only; may be repeated.", discussion: FaultOptions.list,
            valueName: "fault"))
    var faulty: [Fault] = []

    private static let list = Fault.allCases.map { "\($0.rawValue): \($0.summary)" }.joined(separator: "\n")

    /// What a fault takes away must be there.
    func check(_ authentication: AuthenticationOptions, _ limits: LimitOptions, hasOwnTLS: Bool) throws {
        for fault in faulty {
            guard let missing = FaultOptions.missing(fault, authentication, limits, hasOwnTLS) else { continue }
            throw ValidationError("--faulty \(fault.rawValue) shows nothing without \(missing).")
        }
    }

    private static func missing(
        _ fault: Fault, _ authentication: AuthenticationOptions, _ limits: LimitOptions, _ hasOwnTLS: Bool
    ) -> String? {
        let methods = authentication.auth
        switch fault {
        case .cookieWithoutOrigin, .cookieSameSiteNone: return methods.contains(.cookie) ? nil : "--auth cookie"
        case .ticketReuse: return methods.contains(.ticket) ? nil : "--auth ticket"
        case .tokenEcho: return methods.contains(.subprotocol) ? nil : "--auth subprotocol"
        case .firstMessageNoDeadline: return methods.contains(.firstMessage) ? nil : "--auth first-message"
        case .authAfterOpening: return methods.isEmpty ? "--auth" : nil
        case .expiryIgnored: return authentication.session == nil && !methods.contains(.cookie) ? "--session" : nil
        case .sendUnchecked: return authentication.grant.isEmpty ? "--grant" : nil
        case .secretsLogged: return authentication.accessLog ? nil : "--access-log"
        case .schemaUnchecked: return limits.schema == nil ? "--schema" : nil
        case .rateUnlimited: return limits.rate == nil ? "--rate" : nil
        case .certificateExpired, .certificateWrongName, .certificateSelfSigned: return hasOwnTLS ? nil : "--tls"
        case .originUnchecked, .originSubstring, .hostUnchecked, .messageUnlimited, .fragmentsUnlimited,
            .connectionsUnlimited, .neverPings, .ignoresPings, .keepsHalfOpen, .queueUnbounded, .blocksEventLoop:
            return nil
        }
    }

    /// Loudly, so that nobody takes such a server for a good one.
    func warn() {
        for fault in faulty { Output.diagnostic("FAULTY ON PURPOSE  \(fault.rawValue): \(fault.summary)") }
    }
}

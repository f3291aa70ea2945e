import Wire

/// L01: whether a server asks a silent client for a sign of life.
package enum SilenceJudge {
    /// - Parameters:
    ///   - heard: The first that was no message, or silence to the end.
    ///   - longest: Nanoseconds without anything from the server.
    ///   - gap: So many are a finding.
    package static func judge(_ heard: Heard, longest: Int64, gap: Int64, _ exchange: [String]) -> ProbeOutcome {
        switch heard {
        case .frame(let frame) where frame.header.opcode != .close: return .pass("L01")
        case .frame, .ended: return .notApplicable("L01", "the server ends a silent connection")
        case .silence:
            guard longest >= gap else { return .notApplicable("L01", "never silent for long") }
            return .finding("L01", "\(Words.duration(longest)) of silence, and no Ping from the server", exchange)
        }
    }
}

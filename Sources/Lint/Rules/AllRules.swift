/// Every rule, by code. A test compares this list with the folder.
package enum AllRules {
    package static let list: [any LintRule.Type] = [
        VerboseError.self,
        SecretInPayload.self,
        PIIInPayload.self,
        ClientUnmasked.self,
        ServerMasked.self,
        ReservedBit.self,
        ReservedOpcode.self,
        FragmentedControl.self,
        ControlTooLong.self,
        NonMinimalLength.self,
        FragmentSequence.self,
        InvalidUTF8.self,
        PredictableMask.self,
        CompressionMisuse.self,
        WrongAccept.self,
        NoHeartbeat.self,
        HeartbeatVsProxy.self,
        PingUnanswered.self,
        SlowPong.self,
        HeartbeatLayerMismatch.self,
        HeartbeatTiming.self,
        VulnerableLibrary.self,
        HandshakeNoAuth.self,
        TokenInURL.self,
        OriginNotChecked.self,
        PlaintextWS.self,
        CookieFlags.self,
    ]

    package static func rule(_ code: RuleCode) -> (any LintRule.Type)? { list.first { $0.page.code == code } }
}

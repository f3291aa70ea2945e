/// Every step, in the order in which they are taken: first what only looks, then what costs the server more and more.
package enum AllProbeSteps {
    package static let list: [any ProbeStep] =
        [
            BaselineStep(), HalfRequestStep(part: .begin), NoAuthStep(), OriginStep(), NegotiationStep(),
            LenientHandshakeStep(), HeaderCostStep(), ClosingStep(), BadCloseStep(),
        ] + ViolationCase.all.map { ViolationStep(violation: $0) } + [
            // Before the steps that make the server's memory grow for other reasons.
            SlowReaderStep(), RateStep(), BadPayloadStep(), FragmentStep(), SlowPongStep(), MessageSizeStep(),
            CompressionBombStep(), ConnectionLimitStep(), HalfRequestStep(part: .end), HeartbeatStep(),
            VerboseErrorStep(),
        ]
}

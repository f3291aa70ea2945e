/// Every step, in the order in which they are taken: first what only looks, then what costs the server more and more,
/// last what no server should fall over, and many do.
package enum AllProbeSteps {
    package static let list: [any ProbeStep] =
        [
            BaselineStep(), PendingStep(part: .begin), NoAuthStep(), OriginStep(), NegotiationStep(),
            LenientHandshakeStep(), HeaderCostStep(), ClosingStep(),
            // Before the steps that make the server's memory grow for other reasons.
            SlowReaderStep(), RateStep(), SlowPongStep(), MessageSizeStep(), CompressionBombStep(),
            PendingStep(part: .end), HeartbeatStep(), ConnectionLimitStep(),
            BadPayloadStep(), BadCloseStep(),
        ] + ViolationCase.all.map { ViolationStep(violation: $0) } + [VerboseErrorStep()]
}

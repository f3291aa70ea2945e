import Wire

/// HTTP heads: every cut gives the same step, any two heads can be judged, and no verdict can act on a terminal.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = FuzzInput(start, count)
    let limits = HTTPLimits(bytes: 600, line: 200, fields: 9)
    let whole = decode([input.bytes], limits)
    require(whole == decode(input.pieces, limits), "it depends on the cut")
    require(whole.pending == Array(input.bytes.prefix(whole.taken)), "bytes were lost")

    let first = HTTPHead(input.bytes)
    let second = HTTPHead(Array(input.bytes.dropFirst(whole.taken)))
    require(first.fields.allSatisfy { $0.bytes.upperBound <= input.bytes.count }, "a field outside the head")
    judge(OpeningHandshake.judge(request: first))
    judge(OpeningHandshake.judge(response: second, to: first))
    judge(OpeningHandshake.judge(response: first, to: first))
    return 0
}

private struct Outcome: Equatable {
    var step: HTTPHeadDecoder.Step?
    var taken = 0
    var pending: [UInt8] = []
}

private func decode(_ pieces: [[UInt8]], _ limits: HTTPLimits) -> Outcome {
    var decoder = HTTPHeadDecoder(limits: limits)
    var outcome = Outcome()
    for piece in pieces {
        var offset = 0
        while let step = decoder.next(piece.span, at: &offset) {
            require(outcome.step == nil, "a second step")
            outcome.step = step
        }
        outcome.taken += offset
    }
    outcome.pending = decoder.pending
    return outcome
}

private func judge(_ demands: [Demand]) {
    for demand in demands {
        switch demand.verdict {
        case .met: break
        case .broken(let why), .notApplicable(let why): require(SafeText.escape(why) == why, "unsafe: \(why)")
        }
    }
}

import Wire

/// Compression: every cut inflates to the same, never over the limit, and what is deflated comes back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = FuzzInput(start, count)
    let limit = 5000
    let whole = inflate([input.bytes], Inflater(windowBits: 15, noContextTakeover: false), limit)
    let cut = inflate(input.pieces + [[]], Inflater(windowBits: 15, noContextTakeover: false), limit)
    require(whole.result == cut.result && whole.bytes == cut.bytes, "it depends on the cut")
    require(whole.bytes.count <= limit, "over the limit")

    // With a small window only the absence of a crash is promised: zlib looks back in what it wrote just now, too.
    _ = inflate(input.pieces + [[]], Inflater(windowBits: 8, noContextTakeover: true), limit)

    let bits = 8 + Int(start?.pointee ?? 0) % 8
    let noTakeover = input.bytes.count.isMultiple(of: 2)
    let deflater = Deflater(windowBits: bits, noContextTakeover: noTakeover, level: 1 + input.bytes.count % 9)
    let inflater = Inflater(windowBits: bits, noContextTakeover: noTakeover)
    for message in [input.bytes, input.bytes.reversed(), input.bytes + input.bytes] {
        var compressed: [UInt8] = []
        deflater.deflate(message.span, into: &compressed)
        let back = inflate(compressed.map { [$0] } + [[]], inflater, message.count)
        require(back.result == .ok && back.bytes == message, "the message changed")
    }
    return 0
}

private func inflate(
    _ pieces: [[UInt8]], _ inflater: Inflater, _ limit: Int
) -> (result: InflateResult, bytes: [UInt8]) {
    var output: [UInt8] = []
    for (index, piece) in pieces.enumerated() {
        let isLast = index == pieces.count - 1
        let result = inflater.inflate(piece.span, isLast: isLast, into: &output, limit: limit)
        if result != .ok { return (result, output) }
    }
    return (.ok, output)
}

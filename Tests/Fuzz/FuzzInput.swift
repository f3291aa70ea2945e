/// What libFuzzer gives: the first byte says how the rest is cut into pieces.
struct FuzzInput {
    let bytes: [UInt8]
    /// `bytes` again, in pieces whose lengths the first byte decides.
    let pieces: [[UInt8]]

    init(_ start: UnsafePointer<UInt8>?, _ count: Int) {
        let all = Array(UnsafeBufferPointer(start: start, count: count))
        bytes = Array(all.dropFirst())
        var random = UInt64(all.first ?? 0)
        var pieces: [[UInt8]] = []
        var begin = 0
        while begin < bytes.count {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let end = min(bytes.count, begin + Int(random >> 33 % 9))
            pieces.append(Array(bytes[begin..<end]))
            begin = end
        }
        self.pieces = pieces
    }
}

/// Ends the run: libFuzzer keeps the input that led here.
func require(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fatalError(what()) }
}

import Connection
import Wire

/// An endpoint, of either side: whatever the peer sends, and however it is cut, it tells and answers the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = FuzzInput(start, count)
    let isServer = input.bytes.count.isMultiple(of: 2)
    let isCompressed = (start?.pointee ?? 0).isMultiple(of: 2)
    let whole = play([input.bytes], isServer, isCompressed)
    let cut = play(input.pieces, isServer, isCompressed)
    require(whole == cut, "cut, it tells \(cut) instead of \(whole)")
    return 0
}

private let now = Timestamp(nanoseconds: 1)
private let key = "dGhlIHNhbXBsZSBub25jZQ=="

private func play(_ pieces: [[UInt8]], _ isServer: Bool, _ isCompressed: Bool) -> [String] {
    let extensions = isCompressed ? "permessage-deflate" : nil
    guard
        let request = try? OpeningHandshake.request(target: "/", host: "a", key: key, extensions: extensions),
        let response = try? OpeningHandshake.response(key: key, extensions: extensions)
    else { fatalError("the opening handshake cannot be written") }
    let limits = EndpointLimits(frame: 3000, message: 5000, fragments: 20)
    var told: [String] = []
    var endpoint =
        isServer
        ? Endpoint(limits: limits, now: now)
        : Endpoint(request: HTTPHead(request), limits: limits, maskingKeys: { MaskingKey(1, 2, 3, 4) }, now: now)
    for piece in [isServer ? request : response] + pieces { take(piece, &endpoint, &told) }
    if let last = endpoint.inputEnded(now: now) { told.append("\(last)") }
    var output: [UInt8] = []
    endpoint.takeOutput(into: &output)
    let end = [endpoint.failure.map { "\($0)" } ?? "–", "\(endpoint.closeCode)", "\(endpoint.tcp)", "\(output)"]
    return told + end
}

private func take(_ piece: [UInt8], _ endpoint: inout Endpoint, _ told: inout [String]) {
    var bytes = piece
    bytes.withUnsafeMutableBytes { buffer in
        var cursor = 0
        while let reaction = endpoint.next(in: buffer, at: &cursor, now: now) {
            switch reaction {
            case .requested: endpoint.accept(now: now)
            case .opened, .closed, .failed: told.append("\(reaction)")
            case .message(let opcode, let payload): told.append("\(opcode) \(Array(payload))")
            case .ping(let payload): told.append("ping \(Array(payload))")
            case .pong(let payload, _): told.append("pong \(Array(payload))")
            }
        }
        require(cursor == buffer.count, "\(buffer.count - cursor) bytes were left")
    }
}

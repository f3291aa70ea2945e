import Wire

/// `Sec-WebSocket-Extensions`: whatever a server makes of an offer, the client understands the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = FuzzInput(start, count)
    // Two headers: the request's and the response's.
    let halves = input.bytes.split(separator: 0x0a, maxSplits: 1, omittingEmptySubsequences: false)
    let texts = halves.map { String(decoding: $0, as: UTF8.self) }
    let offer = texts.first ?? ""
    let seed = Int(start?.pointee ?? 0)
    let wanting = DeflateParameters(
        serverNoContextTakeover: seed & 1 != 0, clientNoContextTakeover: seed & 2 != 0,
        serverMaxWindowBits: 8 + seed >> 2 & 7, clientMaxWindowBits: 8 + seed >> 5 & 7)
    if let (parameters, header) = DeflateParameters.negotiate(offers: [offer], wanting: wanting) {
        let agreed = DeflateParameters.agreed(response: [header], offer: [offer])
        require(agreed == .success(parameters), "\(offer) gave \(header), which the client takes for \(agreed)")
        require(parameters.serverMaxWindowBits <= wanting.serverMaxWindowBits, "a larger window than wanted")
    }
    switch DeflateParameters.agreed(response: [texts.last ?? ""], offer: [offer]) {
    case .success: break
    case .failure(let fault):
        require(SafeText.escape(fault.description) == fault.description, "unsafe: \(fault)")
    }
    return 0
}

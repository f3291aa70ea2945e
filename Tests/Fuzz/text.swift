import Wire

/// Text of users and peers: hexadecimal input, safe text, base64, and UTF-8 as Swift judges it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = FuzzInput(start, count)
    let text = String(decoding: input.bytes, as: UTF8.self)

    let safe = SafeText.escape(input.bytes)
    require(SafeText.escape(safe) == safe, "not stable: \(safe)")
    require(!safe.unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }, "unsafe")
    if String(validating: input.bytes, as: UTF8.self) != nil {
        require(SafeText.escape(text) == safe, "text and its bytes differ")
    }

    var validator = UTF8Validator()
    let isAlive = input.pieces.allSatisfy { validator.validate($0.span) }
    let isValid = String(validating: input.bytes, as: UTF8.self) != nil
    require((isAlive && validator.isComplete) == isValid, "UTF-8 is \(isValid)")

    do {
        let bytes = try HexBytes.parse(text)
        require(try HexBytes.parse(bytes.map(\.hex).joined()) == bytes, "the bytes changed")
    } catch let fault as HexBytes.Fault {
        require(fault.position <= text.count + 1, "a place outside the text")
        require(SafeText.escape(fault.description) == fault.description, "unsafe: \(fault)")
    } catch {
        require(false, "\(error)")
    }

    require(Base64.decode(Base64.encode(input.bytes))?.bytes == input.bytes, "base64 changed the bytes")
    if let (bytes, isCanonical) = Base64.decode(text), isCanonical { require(Base64.encode(bytes) == text, "base64") }
    return 0
}

extension RawSpan {
    /// A number in the machine's byte order, from anywhere within the span.
    func number<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Number.Type) -> Number {
        unsafeLoadUnaligned(fromByteOffset: offset, as: type)
    }

    /// A number in network byte order, from anywhere within the span.
    func network<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Number.Type) -> Number {
        Number(bigEndian: number(at: offset, as: type))
    }
}

extension String {
    /// What the bytes say in UTF-8.
    init(_ bytes: RawSpan) { self = bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
}

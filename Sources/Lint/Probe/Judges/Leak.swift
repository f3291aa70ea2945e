import Wire

/// Something in a server's words that it should keep to itself, as D03 tells it.
struct Leak: Hashable, Sendable {
    let kind: PayloadScan.Kind
    /// Safe text, cut.
    let excerpt: String

    /// The first of each kind.
    static func all(in text: Span<UInt8>) -> [Leak] {
        PayloadScan(text).hits.filter { $0.kind.isOfError }.map { hit in
            Leak(kind: hit.kind, excerpt: SafeText.escape(text.extracting(hit.bytes).extracting(first: 120)))
        }
    }
}

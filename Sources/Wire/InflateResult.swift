/// What became of compressed bytes.
package enum InflateResult: Hashable, Sendable {
    case ok
    /// The message would be longer than the limit. What fits was appended.
    case tooBig
    /// The bytes are no DEFLATE data, or end in the middle of a block: `Violation.Rule.inflateFailed`.
    case invalid
}

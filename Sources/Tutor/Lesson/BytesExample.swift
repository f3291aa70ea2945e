package import Wire

/// Bytes that a lesson shows bit by bit, and what it says of them.
package struct BytesExample: Hashable, Sendable {
    /// Who sent them.
    package let side: Side
    package let bytes: [UInt8]
    /// The same in words; empty for a piece.
    package let frames: [FrameSpec]
    /// permessage-deflate was agreed on, so RSV1 has a meaning.
    package let isCompressed: Bool
    /// They are no whole frames.
    package let isPiece: Bool
    /// What is wrong with them: the rules of the standard they break.
    package let breaks: [Violation.Rule]
    package let line: Int
}

/// One header field of an HTTP head, RFC 9110 §5.
package struct HeaderField: Hashable, Sendable {
    /// As it was written; compare without regard to case.
    package let name: String
    /// Without the white space around it. Bytes that are no UTF-8 appear as U+FFFD.
    package let value: String
    /// The whole line without its end, in the head's bytes.
    package let bytes: Range<Int>

    package init(name: String, value: String, bytes: Range<Int>) {
        self.name = name
        self.value = value
        self.bytes = bytes
    }
}

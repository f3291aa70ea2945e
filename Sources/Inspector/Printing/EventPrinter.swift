package import Connection

/// Prints events, one line each: as text for people or as JSON for machines.
///
/// A message has a line of its own where no single frame says it: when it is fragmented or compressed.
package protocol EventPrinter: EventSink {
    /// Hands on what is printed so far.
    mutating func flush()
}

/// How events are printed.
package enum PrintFormat: String, Hashable, Sendable, CaseIterable {
    /// `TextPrinter`
    case text
    /// `JSONLPrinter`
    case jsonl
}

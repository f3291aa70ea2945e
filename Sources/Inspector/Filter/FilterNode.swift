import Wire

/// A filter expression, understood.
indirect enum FilterNode {
    case and(FilterNode, FilterNode)
    case or(FilterNode, FilterNode)
    case not(FilterNode)
    case flag(FieldType.Flag)
    case number(FieldType.Number, Comparison, UInt64)
    case text(FieldType.Text, TextTest)
    case opcode(Comparison, UInt8)
    case side(Side)
    case kind(FilterKind)
    /// Of any rule; with names, of one of those.
    case violation(Set<Violation.Rule>)

    /// - Parameter text: Gives the texts of the event; asked only where the outcome depends on one.
    func matches<Texts: FilterTexts>(_ facts: FilterFacts, _ texts: inout Texts) -> Bool {
        switch self {
        case .and(let left, let right): left.matches(facts, &texts) && right.matches(facts, &texts)
        case .or(let left, let right): left.matches(facts, &texts) || right.matches(facts, &texts)
        case .not(let node): !node.matches(facts, &texts)
        case .flag(let flag): facts.flag(flag)
        case .number(let number, let comparison, let value):
            facts.number(number).contains { comparison.holds($0, value) }
        case .text(let field, let test): texts.hasText(field, facts) { test.matches($0) }
        case .opcode(let comparison, let bits): facts.opcode.map { comparison.holds($0, bits) } ?? false
        case .side(let side): facts.side == side
        case .kind(let kind): facts.kind == kind
        case .violation(let rules): facts.rules.contains { rules.isEmpty || rules.contains($0) }
        }
    }
}

/// Gives the texts of an event to whom it takes a look.
protocol FilterTexts {
    /// - Returns: Whether the event has this text and `test` holds for it.
    mutating func hasText(
        _ field: FieldType.Text, _ facts: FilterFacts, _ test: (UnsafeRawBufferPointer) -> Bool
    ) -> Bool
}

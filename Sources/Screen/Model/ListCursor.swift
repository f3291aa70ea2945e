/// The selected entry of a list, and which part of the list is in view.
struct ListCursor: Hashable {
    var index = 0
    private var top = 0

    init(index: Int = 0) { self.index = index }

    mutating func move(_ step: Int, count: Int) {
        guard count > 0 else { return }
        index = (index + step.clamped(to: -count...count)).clamped(to: 0...(count - 1))
    }

    mutating func select(_ index: Int, count: Int) { self.index = index.clamped(to: 0...max(0, count - 1)) }

    /// The first visible entry: the selected one stays in view.
    mutating func firstVisible(height: Int, count: Int) -> Int {
        index = index.clamped(to: 0...max(0, count - 1))
        top = max(index - height + 1, min(top, index)).clamped(to: 0...max(0, count - height))
        return top
    }
}

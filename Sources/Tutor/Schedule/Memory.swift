/// How well one thing is remembered.
package struct Memory: Hashable, Sendable, Codable {
    /// Days until recall has fallen to 0.9.
    package let stability: Double
    /// 1…10.
    package let difficulty: Double

    package init(stability: Double, difficulty: Double) {
        self.stability = stability
        self.difficulty = difficulty
    }
}

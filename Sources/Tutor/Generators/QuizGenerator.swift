/// Makes items without end, each from a seed that makes it again. The answers come from the codec, and
/// `Tests/TutorTests` proves them from what the learner sees.
package protocol QuizGenerator: Sendable {
    /// Stable: answers are kept under it. Begins with "drill-".
    static var id: String { get }
    static func item(seed: UInt64) -> QuizItem
}

/// All there are.
package enum AllGenerators {
    package static let list: [any QuizGenerator.Type] = [
        UnmaskGenerator.self, MaskGenerator.self, LengthFormGenerator.self, LengthBytesGenerator.self,
        HeaderSizeGenerator.self, AcceptKeyGenerator.self, DecodeFrameGenerator.self, CloseCodeGenerator.self,
        CloseBodyGenerator.self, NextOnWireGenerator.self, DeflateGenerator.self, ViolationGenerator.self,
        CountFramesGenerator.self, FragmentsGenerator.self, UTF8Generator.self,
    ]

    /// The topic that they make up.
    package static let topicName = "drills"
    package static let topicTitle = "Drills with fresh numbers"

    package static func generator(_ id: String) -> (any QuizGenerator.Type)? { list.first { $0.id == id } }

    /// One item of each.
    package static func items(seed: UInt64) -> [QuizItem] {
        list.map { $0.item(seed: Drill.seed(seed, $0.id)) }
    }

    /// A generated item with other numbers; any other item as it is.
    package static func again(_ item: QuizItem) -> QuizItem {
        guard let seed = item.seed, let generator = generator(item.id) else { return item }
        return generator.item(seed: Drill.seed(seed, "again"))
    }
}

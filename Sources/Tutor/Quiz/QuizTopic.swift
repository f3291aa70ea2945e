/// A file of the bank.
package struct QuizTopic: Hashable, Sendable {
    /// The file's name without number and ending, such as "handshake".
    package let name: String
    package let title: String
    package let items: [QuizItem]

    package init(name: String, title: String, items: [QuizItem]) {
        self.name = name
        self.title = title
        self.items = items
    }
}

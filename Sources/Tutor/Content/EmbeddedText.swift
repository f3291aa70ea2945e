/// What is built into the program.
package enum EmbeddedText {
    /// The files of `Lessons/`, in the order of their names.
    package static var lessons: [(name: String, text: String)] {
        EmbeddedLessons.files.map { ($0.name, $0.content.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }) }
    }
}

import Wire

/// What is wrong in a lesson file, and where.
package struct LessonFault: Error, Hashable, Sendable {
    /// As the person named it; safe text.
    package let file: String
    /// Counted from 1, as editors do.
    package let line: Int
    package let column: Int
    /// Safe text.
    package let what: String

    package init(file: String, line: Int, column: Int = 1, _ what: String) {
        self.file = file
        self.line = line
        self.column = column
        self.what = what
    }
}

extension LessonFault: CustomStringConvertible {
    /// In the form that editors and CI read: `FILE:LINE:COLUMN: what`.
    package var description: String { "\(file):\(line):\(column): \(what)" }
}

extension LessonFault: Comparable {
    package static func < (left: LessonFault, right: LessonFault) -> Bool {
        (left.file, left.line, left.column, left.what) < (right.file, right.line, right.column, right.what)
    }
}

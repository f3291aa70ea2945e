/// Which step teaches which point of the outline.
package struct OutlineTable: Sendable {
    /// Ids of the points that no step teaches.
    package let holes: [String]
    /// As a table in Markdown.
    package let text: String

    /// - Parameter outline: The points with their names, in their order.
    package init(_ course: Course, outline: [(id: String, name: String)]) {
        var steps: [String: [String]] = [:]
        for lesson in course.lessons {
            for step in lesson.steps {
                for point in step.outline { steps[point, default: []].append(step.id) }
            }
        }
        holes = outline.map(\.id).filter { steps[$0] == nil }
        let rows = outline.map { point in
            "| \(point.id) | \(point.name) | \((steps[point.id] ?? ["–"]).joined(separator: ", ")) |"
        }
        let labs = course.lessons.reduce(0) { $0 + $1.labs.count }
        text =
            """
            # What the lessons teach

            Printed by `ws101 lesson outline`; do not edit.

            \(course.lessons.count) lessons, \(course.stepCount) steps, \(labs) labs.

            | Point of the outline | | Steps |
            |---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }
}

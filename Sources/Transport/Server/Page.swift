/// A short answer for whoever asks by HTTP: plain text unless `fields` have a Content-Type.
package struct Page: Sendable {
    package let status: Int
    package let text: String
    package let fields: [(name: String, value: String)]

    package init(status: Int, text: String, fields: [(name: String, value: String)] = []) {
        self.status = status
        self.text = text
        self.fields = fields
    }

    /// What nobody on the way may keep.
    static let unstored = (name: "Cache-Control", value: "no-store")
}

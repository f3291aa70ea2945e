import Connection
import Inspector
import Wire

/// Lets the frames through of an opcode, or whose payload has a text in its beginning.
struct TextFilter {
    struct Fault: Error, Hashable {
        let description: String
    }

    private let text: String

    static let help = [
        (example: "ping", description: "frames of an opcode"),
        (example: "hello", description: "frames with a text in the beginning of their payload"),
    ]

    static func parse(_ source: String) -> Result<TextFilter, Fault> { .success(TextFilter(text: source)) }

    func matches(_ row: LogRow, in log: Log) -> Bool {
        guard let frame = row.frame else { return false }
        if frame.header.opcode.description == text.lowercased() { return true }
        return String(decoding: log.payload(of: row, count: 4096), as: UTF8.self).contains(text)
    }
}

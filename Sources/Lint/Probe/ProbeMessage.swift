/// Messages of the probe: small JSON objects, so that they resemble what most servers are sent.
enum ProbeMessage {
    static let hello = Array(#"{"type":"ws101-probe"}"#.utf8)
    static let words = #"text: {"type":"ws101-probe"}"#

    static func numbered(_ number: Int) -> [UInt8] { Array(#"{"type":"ws101-probe","n":\#(number)}"#.utf8) }

    /// A JSON text of exactly so many bytes, at least 64.
    static func long(_ count: Int) -> [UInt8] {
        let start = Array(#"{"type":"ws101-probe","text":""#.utf8)
        let end = Array(#""}"#.utf8)
        return start + [UInt8](repeating: 0x61, count: max(count - start.count - end.count, 0)) + end
    }
}

/// Takes the bytes of a head apart, RFC 9112 §2.2, §3, §4 and §5, in one pass.
struct HTTPHeadParser {
    private(set) var startLine = HTTPHead.StartLine.malformed
    private(set) var fields: [HeaderField] = []
    private(set) var faults: [String] = []

    private let bytes: [UInt8]
    private var lineNumber = 0
    /// The field under way: an obsolete folded line may still continue it.
    private var open: (name: String, value: Int, line: Range<Int>)?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func parse() {
        var start = 0
        var hasStartLine = false
        while start < bytes.count {
            let lineFeed = bytes[start...].firstIndex(of: 0x0a)
            lineNumber += 1
            let line = withoutReturn(start..<(lineFeed ?? bytes.count), ended: lineFeed != nil)
            start = (lineFeed ?? bytes.count) + 1
            if hasStartLine {
                if line.isEmpty { break }
                parseField(line)
            } else if !line.isEmpty {
                hasStartLine = true
                parseStartLine(line)
            }
        }
        closeField()
        if !hasStartLine { faults.append("there is no start line") }
    }

    private mutating func withoutReturn(_ line: Range<Int>, ended: Bool) -> Range<Int> {
        guard ended else {
            faults.append("line \(lineNumber) has no end")
            return line
        }
        guard let last = line.last, bytes[last] == 0x0d else {
            faults.append("line \(lineNumber) ends with LF alone, not CR LF")
            return line
        }
        return line.lowerBound..<last
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private mutating func parseStartLine(_ line: Range<Int>) {
        if bytes[line].contains(where: { !$0.isFieldContent }) { fault("holds a control character") }
        let parts = bytes[line].split(whereSeparator: { $0.isBlank }).map { $0.indices }
        guard let first = parts.first, let last = parts.last else { return fault("is blank") }
        if text(first).hasPrefix("HTTP/") {
            parseStatusLine(line, parts: parts)
        } else if parts.count >= 3, text(last).hasPrefix("HTTP/") {
            let target = text(parts[1].lowerBound..<parts[parts.count - 2].upperBound)
            startLine = .request(method: text(first), target: target, version: text(last))
            let length = first.count + target.utf8.count + last.count + 2
            if parts.count > 3 || length != line.count { fault("has white space where none may be") }
            if !text(first).isToken { fault("has a method that is no token") }
            checkVersion(text(last))
        } else {
            fault("is neither a request line nor a status line")
        }
    }

    private mutating func parseStatusLine(_ line: Range<Int>, parts: [Range<Int>]) {
        let version = text(parts[0])
        checkVersion(version)
        guard parts.count >= 2, parts[1].count == 3, let status = Int(text(parts[1])), (100...999).contains(status)
        else { return fault("has no status code of three digits") }
        let phrase = parts.count > 2 ? text(parts[2].lowerBound..<line.upperBound) : ""
        startLine = .response(version: version, status: status, phrase: phrase)
    }

    private mutating func checkVersion(_ version: String) {
        if HTTPVersion(version) == nil { fault("has a version that is not HTTP/ and two digits") }
    }

    private mutating func parseField(_ line: Range<Int>) {
        if bytes[line.lowerBound].isBlank {
            fault("is folded, which is obsolete and forbidden")
            if let field = open { open = (field.name, field.value, field.line.lowerBound..<line.upperBound) }
            return
        }
        closeField()
        guard let colon = bytes[line].firstIndex(of: 0x3a) else { return fault("has no colon") }
        let name = text(line.lowerBound..<colon)
        if !name.isToken { fault("has a field name that is no token") }
        if bytes[(colon + 1)..<line.upperBound].contains(where: { !$0.isFieldContent }) {
            fault("holds a control character")
        }
        open = (name.trimmed, colon + 1, line)
    }

    /// "replace each received obs-fold with one or more SP octets prior to interpreting the field value", RFC 9112 §5.2.
    private mutating func closeField() {
        guard let field = open else { return }
        open = nil
        let raw = bytes[field.value..<field.line.upperBound]
        let value = raw.contains(0x0a) ? String(decoding: unfolded(raw), as: UTF8.self) : text(raw.indices)
        fields.append(HeaderField(name: field.name, value: value.trimmed, bytes: field.line))
    }

    private func unfolded(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        raw.map { $0 == 0x0d || $0 == 0x0a ? 0x20 : $0 }
    }

    private mutating func fault(_ text: String) { faults.append("line \(lineNumber) \(text)") }
}

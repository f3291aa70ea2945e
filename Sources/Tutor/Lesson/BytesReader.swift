import Wire
import Yams

/// Reads a `bytes` block.
struct BytesReader {
    private(set) var fields: FieldReader

    init(file: String, offset: Int) { fields = FieldReader(file: file, offset: offset) }

    mutating func example(_ text: String) -> BytesExample? {
        guard let root = fields.root(text),
            let keys = fields.fields(
                of: root, "a bytes block", required: ["from", "hex"],
                optional: ["frames", "piece", "breaks", "compressed"])
        else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try HexBytes.parse(fields.text(keys["hex"], "hex"))
        } catch {
            fields.fault(keys["hex"], "\(error)")
            return nil
        }
        let isPiece = fields.truth(keys["piece"], "piece") ?? false
        if isPiece == (keys["frames"] != nil) {
            fields.fault(root, "say with frames: what the bytes are, or with piece: yes that they are no whole frames")
        }
        return BytesExample(
            side: side(keys["from"]), bytes: bytes, frames: frames(keys["frames"]),
            isCompressed: fields.truth(keys["compressed"], "compressed") ?? false, isPiece: isPiece,
            breaks: rules(keys["breaks"]), line: fields.offset)
    }

    private mutating func side(_ node: Node?) -> Side {
        switch fields.text(node, "from") {
        case "client": return .client
        case "server": return .server
        default:
            fields.fault(node, "from is client or server")
            return .client
        }
    }

    private mutating func frames(_ node: Node?) -> [FrameSpec] {
        guard let node else { return [] }
        var specs: [FrameSpec] = []
        for text in fields.texts(node, "frames") {
            do {
                specs += try FrameSpec.parseAll(text)
            } catch {
                fields.fault(node, error.description)
            }
        }
        return specs
    }

    private mutating func rules(_ node: Node?) -> [Violation.Rule] {
        fields.texts(node, "breaks").compactMap { name in
            if let rule = Violation.Rule(rawValue: name) { return rule }
            let all = Violation.Rule.allCases.map(\.rawValue).joined(separator: ", ")
            fields.fault(node, "\"\(SafeText.escape(name))\" is no rule of the wire; there are \(all)")
            return nil
        }
    }
}

import Yams

/// A YAML document as a text that is read in one pass: `sN:` and N bytes for a scalar, `lN:` and N values for a list,
/// `mN:` and N keys with their values for a mapping.
enum Packed {
    static let nothing = "s0:"

    static func pack(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): "s\(scalar.string.utf8.count):\(scalar.string)"
        case .sequence(let sequence): "l\(sequence.count):" + sequence.map(pack).joined()
        case .mapping(let mapping):
            "m\(mapping.count):" + mapping.map { pack($0.key) + pack($0.value) }.joined()
        case .alias: nothing
        }
    }
}

/// What a rule is about: the letter of its code.
package enum Area: String, Hashable, Sendable, CaseIterable {
    case security = "S"
    case handshake = "H"
    case frames = "F"
    case close = "C"
    case liveness = "L"
    case limits = "M"
    case payloads = "D"
    case compression = "Z"
    case use = "U"
    case lint = "X"

    package var title: String {
        switch self {
        case .security: "Security"
        case .handshake: "Opening handshake"
        case .frames: "Frames"
        case .close: "Closing"
        case .liveness: "Liveness and reconnect"
        case .limits: "Limits"
        case .payloads: "Payloads"
        case .compression: "Compression"
        case .use: "Use and fitness"
        case .lint: "The lint itself"
        }
    }

    /// In the order of their codes.
    package var rules: [RulePage] {
        AllRules.list.map { $0.page }.filter { $0.code.rawValue.hasPrefix(rawValue) }
    }
}

extension Way {
    package var title: String {
        switch self {
        case .wire: "in traffic"
        case .probe: "by the probe"
        case .source: "in source"
        }
    }
}

extension Threshold.Value {
    /// As it would be written in `ws101.yml`: "45s", "64KiB", "20", "0.15".
    package var words: String {
        switch self {
        case .duration(let seconds):
            seconds < 1 ? "\(Threshold.Value.short(seconds * 1000))ms" : "\(Threshold.Value.short(seconds))s"
        case .count(let count): "\(count)"
        case .bytes(let count):
            count > 0 && count % (1 << 20) == 0
                ? "\(count >> 20)MiB" : count > 0 && count % 1024 == 0 ? "\(count >> 10)KiB" : "\(count)B"
        case .ratio(let ratio): Threshold.Value.short(ratio)
        }
    }

    private static func short(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}

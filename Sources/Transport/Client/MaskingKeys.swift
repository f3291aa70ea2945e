import Glibc
import Wire

/// Unpredictable masking keys, RFC 6455 §5.3 and §10.3: from the system's source of entropy, many at a time.
final class MaskingKeys {
    private var words: [UInt32] = []

    func next() -> MaskingKey {
        if words.isEmpty { refill() }
        return MaskingKey(word: words.removeLast())
    }

    private func refill() {
        words = [UInt32](repeating: 0, count: 64)
        let filled = words.withUnsafeMutableBytes { getentropy($0.baseAddress, $0.count) }
        // The system's generator, one by one, where a sandbox forbids `getentropy`.
        if filled != 0 { words = words.map { _ in UInt32.random(in: .min ... .max) } }
    }
}

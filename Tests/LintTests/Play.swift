import Connection
import Lint
import Wire

/// A scene whose steps can be changed one by one.
struct Play {
    struct Step {
        let connection: Int
        let caption: String
        var act: Scene.Act
    }

    var steps: [Step]

    init(_ scene: Scene) {
        steps = scene.steps.map { Step(connection: $0.connection, caption: $0.caption, act: $0.act) }
    }

    var scene: Scene {
        Scene { scene in
            for step in steps {
                scene.on(step.connection)
                scene.add(step.caption, step.act)
            }
        }
    }

    /// The place of the only step whose caption contains this.
    func index(_ caption: String) -> Int {
        let found = steps.indices.filter { steps[$0].caption.contains(caption) }
        precondition(found.count == 1, "\(found.count) steps with \(caption)")
        return found[0]
    }

    mutating func remove(_ caption: String) { steps.remove(at: index(caption)) }

    /// Changes the bytes that are sent.
    mutating func change(_ caption: String, _ change: (inout [UInt8]) -> Void) {
        self.change(at: index(caption), change)
    }

    mutating func change(at index: Int, _ change: (inout [UInt8]) -> Void) {
        guard case .sends(let side, var bytes) = steps[index].act else { return }
        change(&bytes)
        steps[index].act = .sends(side, bytes)
    }

    /// Flips one bit of what is sent.
    mutating func flip(_ caption: String, byte: Int, bit: Int = 7) {
        change(caption) { $0[byte] ^= 0x80 >> UInt8(bit) }
    }

    /// Changes the text of a head.
    mutating func rewrite(_ caption: String, _ rewrite: (String) -> String) {
        change(caption) { $0 = Array(rewrite(String(decoding: $0, as: UTF8.self)).utf8) }
    }

    mutating func insert(before caption: String, _ write: (inout Scene) -> Void) {
        steps.insert(contentsOf: Play(Scene(write)).steps, at: index(caption))
    }

    mutating func insert(after caption: String, _ write: (inout Scene) -> Void) {
        steps.insert(contentsOf: Play(Scene(write)).steps, at: index(caption) + 1)
    }

    mutating func replace(_ caption: String, _ write: (inout Scene) -> Void) {
        let index = index(caption)
        steps.replaceSubrange(index...index, with: Play(Scene(write)).steps)
    }

    /// Masks every frame of the client with another key; each step must be one whole frame with a short length.
    mutating func remask(_ key: (Int) -> MaskingKey) {
        for index in steps.indices where steps[index].caption.hasPrefix("client ─▶") {
            change(at: index) { bytes in
                guard bytes[1] & 0x80 != 0, bytes[0] & 0x70 == 0 else { return }
                for place in 6..<bytes.count {
                    bytes[place] ^= bytes[2 + (place - 6) % 4] ^ key(index)[place - 6]
                }
                bytes.replaceSubrange(2..<6, with: key(index).bytes)
            }
        }
    }
}

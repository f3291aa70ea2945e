import Connection
import Wire

/// Z01: a few bytes that become 16 MiB.
struct CompressionBombStep: ProbeStep {
    let name = "a compression bomb"
    let rules: [RuleCode] = ["Z01", "C04"]
    let cost = ProbeCost(connections: 1, seconds: 10)

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        guard let (connection, agreed) = try await session.openDeflating() else {
            return [.notApplicable("Z01", "the server does not agree to permessage-deflate")]
        }
        let size = session.count("Z01", "inflated", or: 16 << 20)
        let bomb = CompressionBombStep.bomb(of: size, agreed)
        let words = "text, \(Words.bytes(bomb.count)) compressed, \(Words.bytes(size)) inflated"
        try await connection.send(.text, bomb, rsv1: true, words: words, until: session.deadline(2))
        let reply = try await connection.ping(until: session.deadline(8))
        let exchange = connection.transcript.lines
        await connection.close()
        return BombJudge.judge(reply, compressed: bomb.count, inflated: size, exchange)
    }

    private static func bomb(of size: Int, _ agreed: DeflateParameters) -> [UInt8] {
        let spaces = [UInt8](repeating: 0x20, count: size)
        var bomb: [UInt8] = []
        Deflater(windowBits: agreed.windowBits(of: .client), noContextTakeover: true, level: 9)
            .deflate(spaces.span, into: &bomb)
        return bomb
    }
}

import Connection
import Wire

/// M06: a client that makes the server publish, and reads nothing of it.
struct SlowReaderStep: ProbeStep {
    let name = "a slow reader"
    let rules: [RuleCode] = ["M06"]
    let cost = ProbeCost(connections: 3, seconds: 10)

    private static let message = 16 << 10
    /// The slow reader's buffers of the system. What a server sends beyond them has to wait at the server.
    private static let line = LineOptions(receiveBuffer: 4096, sendBuffer: 64 << 10)

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let reader = try await session.open(session.request(), SlowReaderStep.line)
        let writer = try await session.connection()
        guard reader.answer.isSwitch, let source = try await source(reader, writer, session) else {
            await reader.close()
            await writer.leave()
            return [.notApplicable("M06", "the server sends nothing back that could pile up")]
        }
        await reader.line.readAhead(false)
        var load = SlowReaderJudge.Load(total: session.count("M06", "published", or: 8 << 20))
        let before = session.lines.farEnd(of: reader.line)
        try await flood(source, session, &load)
        await session.sleep(0.2)
        let after = session.lines.farEnd(of: reader.line)
        load.unsent = after?.unsent
        load.unread = session.lines.farEnd(of: source.line)?.unread ?? 0
        if let before = before?.memory, let after = after?.memory { load.growth = after - before }
        if !load.isPaused, !load.isEnded { try await readAll(reader, session, &load) }
        let exchange = reader.transcript.lines
        await reader.close()
        await writer.close()
        return [SlowReaderJudge.judge(load, limit: session.count("M06", "growth", or: 4 << 20), exchange)]
    }

    /// Whose messages come back to the reader: its own, as from an echo, or another's, as in a chat.
    private func source(
        _ reader: ProbeConnection, _ writer: ProbeConnection, _ session: ProbeSession
    ) async throws -> ProbeConnection? {
        for source in [reader, writer] {
            try await source.send(.text, session.message.long(1024), words: "text, 1 KiB", until: session.deadline(1))
            let deadline = session.deadline(0.5)
            while case .frame(let frame) = try await reader.reaction(until: deadline) {
                guard frame.isData else { return nil }
                if frame.header.payloadLength >= 512 { return source }
            }
        }
        return nil
    }

    private func flood(
        _ source: ProbeConnection, _ session: ProbeSession, _ load: inout SlowReaderJudge.Load
    ) async throws {
        let message = session.message.long(SlowReaderStep.message)
        source.transcript.sent("texts of 16 KiB, \(Words.bytes(load.total)) in all, without reading")
        while load.sent < load.total {
            switch try await source.send(.text, message, words: nil, until: session.deadline(1)) {
            case .all: load.sent += message.count
            case .stalled:
                load.isPaused = true
                return
            case .ended:
                load.isEnded = true
                return
            }
        }
    }

    /// What the server kept, and whether it said goodbye behind it.
    private func readAll(
        _ reader: ProbeConnection, _ session: ProbeSession, _ load: inout SlowReaderJudge.Load
    ) async throws {
        await reader.line.readAhead(true)
        let deadline = session.deadline(5)
        while load.delivered < load.sent {
            switch try await reader.next(until: min(deadline, session.deadline(1))) {
            case .frame(let frame) where frame.isData: load.delivered += Int(clamping: frame.header.payloadLength)
            case .frame(let frame): if frame.header.opcode == .close { load.isEnded = true }
            case .ended:
                load.isEnded = true
                return
            case .silence: return
            }
        }
    }
}

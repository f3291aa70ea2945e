import Connection
import Wire

/// The observer: any segments of both sides, cut anywhere, give the same events.
///
/// The input is a row of segments: a byte that says what happens, for bytes a second one that counts them, and they.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = FuzzInput(start, count)
    let script = Script(input.bytes, beginning: start?.pointee ?? 0)
    let whole = script.events { [$0] }
    let cut = script.events { $0.map { [$0] } }
    let difference = zip(whole + ["the end"], cut + ["the end"]).first { $0 != $1 }
    require(whole == cut, "whole: \(difference?.0 ?? ""), cut: \(difference?.1 ?? "")")
    return 0
}

private struct Script {
    private var steps: [(kind: Segment.Kind, bytes: [UInt8])] = []
    private let hasGuesses: Bool

    init(_ input: [UInt8], beginning: UInt8) {
        hasGuesses = false
        if beginning & 1 != 0 { establish(extensions: beginning & 2 != 0 ? "permessage-deflate" : nil) }
        var index = 0
        while index + 1 < input.count {
            let count = min(Int(input[index + 1]), input.count - index - 2)
            switch input[index] & 15 {
            case 0: steps.append((.fin(from: .client), []))
            case 1: steps.append((.fin(from: .server), []))
            case 2: steps.append((.reset(from: .client), []))
            case 3: steps.append((.hole(from: .client, count: UInt64(input[index + 1])), []))
            case 4: steps.append((.hole(from: .server, count: nil), []))
            case 5...9: append(.client, Array(input[(index + 2)..<(index + 2 + count)]), &index)
            default: append(.server, Array(input[(index + 2)..<(index + 2 + count)]), &index)
            }
            index += 2
        }
    }

    private mutating func append(_ side: Side, _ bytes: [UInt8], _ index: inout Int) {
        steps.append((.bytes(from: side), bytes))
        index += bytes.count
    }

    private mutating func establish(extensions: String?) {
        let key = "dGhlIHNhbXBsZSBub25jZQ=="
        guard
            let request = try? OpeningHandshake.request(target: "/", host: "a", key: key, extensions: extensions),
            let response = try? OpeningHandshake.response(key: key, extensions: extensions)
        else { fatalError("the opening handshake cannot be written") }
        steps = [(.bytes(from: .client), request), (.bytes(from: .server), response)]
    }

    func events(_ cut: ([UInt8]) -> [[UInt8]]) -> [String] {
        let limits = ObserverLimits(
            head: HTTPLimits(bytes: 2000), message: 1000, inflated: 4000, total: 5000, pings: 3, early: 100,
            requests: 3,
            guesses: hasGuesses)
        var observer = Observer(sink: Sink(), limits: limits)
        for step in steps {
            for piece in step.bytes.isEmpty ? [[]] : cut(step.bytes) {
                let segment = Segment(
                    connection: ConnectionID(rawValue: 1), time: Timestamp(nanoseconds: 1), kind: step.kind)
                observer.receive(segment, piece.span)
            }
        }
        observer.finish()
        return observer.sink.events
    }
}

private struct Sink: EventSink {
    var events: [String] = []

    mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        let kind = event.kind
        events.append("\(kind) \(payload.indices.map { payload[$0] })")
    }
}

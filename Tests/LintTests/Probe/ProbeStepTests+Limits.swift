import Connection
import Lint
import Wire

extension ProbeStepTests {
    static let limits = [
        Case("L04", "at work elsewhere", .pass),
        Case("L04", "stands still for 3 s", .finding(.warning, stopped("message of 1 MiB", "3 s"))) {
            $0.onMessage = blocking(3)
        },
        Case("L04", "stands still for 4 s, with a heavy message", .finding(.warning, slowFor4), options: heavy) {
            traits in
            traits.onMessage = { $0 == Array("heavy".utf8) ? .block(4) : .send($0) }
        },
        Case("M01", "1 MiB at most", .pass),
        Case("M01", "16 MiB at most", .finding(.warning, moreThanOne)) {
            $0.limits = EndpointLimits(message: 16 << 20)
        },
        Case("M01", "no limit", .finding(.error, "a message of 16 MiB and one byte is taken")) { traits in
            traits.limits = EndpointLimits(message: 1 << 30)
        },
        Case("M01", "ends at any message", .notApplicable) { $0.onMessage = { _ in .close(.policyViolation, "") } },
        Case("M02", "a limit of 4096", .pass),
        Case("M02", "no limit", .finding(.warning, fragments)) { $0.limits.fragments = .max },
        Case("M04", "a limit", .pass, options: credentials, harden),
        Case("M04", "no limit", .finding(.warning, messages)),
        Case("M04", "ends at any message", .notApplicable) { $0.onMessage = { _ in .close(.policyViolation, "") } },
        Case("M04", "takes only its protocol, no limit", .finding(.warning, messages), options: saying, strict),
        Case("M05", "40 connections", .pass) { $0.mostConnections = 40 },
        Case("M05", "any number", .finding(.note, connections)),
        Case("M05", "waits for ever", .finding(.warning, "half a request is held for 32 s and longer"), options: slow) {
            $0.mostConnections = 40
            $0.timing.handshake = 3600 * EndpointTiming.second
        },
        Case("M06", "stops reading", .pass),
        Case("M06", "keeps everything", .finding(.warning, kept)) { $0.kept = .max },
        Case("M06", "keeps everything for another one", .finding(.warning, kept)) { traits in
            traits.kept = .max
            traits.onMessage = { .broadcast($0) }
        },
        Case("M06", "sends nothing", .notApplicable) { $0.onMessage = { _ in .nothing } },
        Case("M06", "leaves messages out", .pass) { traits in
            traits.kept = .max
            traits.onMessage = { $0.count == 16 << 10 ? .nothing : .send($0) }
        },
        Case("M06", "takes only its protocol, keeps everything", .finding(.warning, kept), options: saying) { traits in
            strict(&traits)
            traits.kept = .max
        },
        Case("Z01", "1 MiB at most, inflated", .pass),
        Case("Z01", "no limit", .finding(.error, "16 KiB that inflate to 16 MiB are taken")) { traits in
            traits.limits = EndpointLimits(message: 1 << 30)
        },
        Case("Z01", "does not compress", .notApplicable) { $0.compression = nil },
    ]

    static let contents = [
        Case("D01", "takes them", .pass),
        Case("D01", "refuses them", .pass) { $0.onMessage = refusing(.close(.invalidPayload, "")) },
        Case("D01", "an exception", .finding(.error, internalError)) { $0.onMessage = refusing(.close(1011, "oops")) },
        Case("D01", "cut off", .finding(.error, cutOff)) { $0.onMessage = refusing(.drop) },
        Case("D01", "the process ends", .finding(.error, broken)) { $0.onMessage = refusing(.die) },
        Case("D03", "an echo", .pass),
        Case("D03", "says nothing", .notApplicable) { $0.onMessage = { _ in .nothing } },
        Case("D03", "a stack", .finding(.warning, trace)) { traits in
            traits.onMessage = refusing(.send(Array("Traceback (most recent call last):\n  File".utf8)))
        },
    ]

    private static let heavy: ProbeOptions = {
        var options = ProbeOptions()
        options.heavy = "heavy"
        return options
    }()

    private static let saying: ProbeOptions = {
        var options = ProbeOptions()
        options.message = #"{"say":"{fill}"}"#
        return options
    }()

    /// Ends the connection at whatever is no message of its protocol.
    @Sendable private static func strict(_ traits: inout MemoryServer.Traits) {
        traits.onMessage = { $0.starts(with: Array(#"{"say":""#.utf8)) ? .send($0) : .close(.policyViolation, "") }
    }

    /// Stands still for so many seconds at a message of 1 MiB.
    private static func blocking(_ seconds: Double) -> @Sendable ([UInt8]) -> MemoryServer.Action {
        { $0.count == 1 << 20 ? .block(seconds) : .send($0) }
    }

    /// Does that at broken JSON, else echoes.
    private static func refusing(_ action: MemoryServer.Action) -> ([UInt8]) -> MemoryServer.Action {
        { message in message.first == 0x7b && message.last != 0x7d ? action : .send(message) }
    }

    // MARK: What the findings say

    static let served =
        #"a client without credentials is connected and served: it got text, 22 B: "{"type":"ws101-probe"}""#
    static let silentlyOpen = "a client without credentials is connected, and its Ping answered after 7 s"
    static let evil = "a page of https://evil.example is let in"
    static func weak(_ origin: String) -> String { "https://evil.example is refused, but \"\(origin)\" is let in" }
    static let anyPage = "any web page in a browser on this machine can use it: nobody asks who it is, or where from"
    static let wrongAccept = "Sec-WebSocket-Accept: it must be SrEth+s1RZAstvNCBkmNPEb5Exw="
    static let noVersion = "version 7 is refused with 426, without Sec-WebSocket-Version: 13"
    static let noneChosen = "the server chose none of the subprotocols that were offered"
    static let otherChosen = "Sec-WebSocket-Protocol: chat.v2 was not offered"
    static let unknownExtension = "Sec-WebSocket-Extensions: x-ws101-probe was not offered"
    static let extending = "101 Switching Protocols\r\nSec-WebSocket-Extensions: x-ws101-probe\r\n"
    static let tolerated = "after an unmasked frame (F01) the server goes on: it answers a Ping"
    static let wrongCode = "after a message that is too long the server's Close says 1000; 1009 would fit"
    static let slowFor4 = stopped("heavy message of 5 B", "3.9 s")
    static func stopped(_ message: String, _ time: String) -> String {
        "while it works on another client's \(message), the server takes \(time) for a Pong instead of 10 µs"
    }
    static let moreThanOne =
        "a message of 1 MiB and one byte is taken; to one of 16 MiB came Close 1009, "
        + #""the frame is over this endpoint's limit: 16777217 bytes, at most 16777216""#
    static let fragments = "20000 fragments of 1 B are kept for 10 s for a message that never ends"
    static let messages =
        "200 messages in 1 s are all taken: 200 replies, and the Ping behind them answered after 10 µs"
    static let connections = "50 connections at once are accepted from one client without credentials"
    static let kept = "of 8 MiB for a client that does not read, 8 MiB wait in the server's memory"
    static let internalError = #"broken JSON is an internal error of the server: Close 1011, "oops""#
    static let cutOff = "broken JSON ends the connection without a Close: the server ended TCP (FIN)"
    static let broken =
        "after messages with bad content the server does not serve a new client: it takes no connection: "
        + "connection refused"
    static let trace = "the server sends a stack trace: Traceback (most recent call last)"

    static func anyOrigin(_ request: HTTPHead) -> Int {
        OpeningHandshake.judge(request: request).first(where: \.isBroken)?.rule.refusal ?? 101
    }
}

import Lint
import Testing
import Wire

/// One header field.
extension MutationTests {
    struct Line: CustomTestStringConvertible, Sendable {
        let side: Side
        let name: String
        let change: Change
        let rules: Set<RuleCode>
        var testDescription: String { "\(side)'s \(name) \(change)" }
    }

    enum Change: Sendable {
        case removed, twice
        case value(String)
    }

    private static func line(_ side: Side, _ name: String, _ change: Change, _ rules: Set<RuleCode>) -> Line {
        Line(side: side, name: name, change: change, rules: rules)
    }

    static let lines: [Line] = [
        line(.client, "GET", .value("GET /chat HTTP/1.0"), ["H03"]),
        line(.client, "GET", .value("POST /chat HTTP/1.1"), ["H03"]),
        line(.client, "GET", .value("GET /chat#top HTTP/1.1"), ["H03"]),
        line(.client, "GET", .value("GET chat HTTP/1.1"), ["H03"]),
        line(.client, "GET", .value("GET  /chat HTTP/1.1"), ["H03"]),
        line(.client, "GET", .value("GET /chat?token=kdj37fhsk3jf83hfk3 HTTP/1.1"), ["S02"]),
        line(.client, "Host", .removed, ["H03"]),
        line(.client, "Host", .twice, ["H03"]),
        line(.client, "Host", .value("chat example"), ["H03"]),
        line(.client, "Upgrade", .removed, ["H03"]),
        line(.client, "Upgrade", .value("h2c"), ["H03"]),
        line(.client, "Upgrade", .value("WebSocket"), []),
        line(.client, "Connection", .removed, ["H03"]),
        line(.client, "Connection", .value("keep-alive"), ["H03"]),
        line(.client, "Connection", .value("keep-alive, Upgrade"), []),
        line(.client, "Sec-WebSocket-Key", .removed, ["H05"]),
        line(.client, "Sec-WebSocket-Key", .twice, ["H06"]),
        line(.client, "Sec-WebSocket-Key", .value("AQIDBAU="), ["H05"]),
        line(.client, "Sec-WebSocket-Key", .value("not base64"), ["H05"]),
        line(.client, "Sec-WebSocket-Version", .removed, ["H04"]),
        line(.client, "Sec-WebSocket-Version", .twice, ["H06"]),
        line(.client, "Sec-WebSocket-Version", .value("8"), ["H04"]),
        line(.client, "Origin", .removed, []),
        line(.client, "Origin", .value("chat.example"), ["H03"]),
        line(.client, "Authorization", .removed, ["S01"]),
        line(.client, "Sec-WebSocket-Protocol", .removed, ["H07"]),
        line(.client, "Sec-WebSocket-Protocol", .twice, ["H07"]),
        line(.client, "Sec-WebSocket-Protocol", .value("chat.v1"), ["H07"]),
        line(.client, "Sec-WebSocket-Protocol", .value("chat v2"), ["H07"]),
        line(.server, "Upgrade", .removed, ["H02"]),
        line(.server, "Upgrade", .value("h2c"), ["H02"]),
        line(.server, "Upgrade", .value("WebSocket"), []),
        line(.server, "Connection", .removed, ["H02"]),
        line(.server, "Connection", .value("close"), ["H02"]),
        line(.server, "Connection", .value("keep-alive, upgrade"), []),
        line(.server, "Sec-WebSocket-Accept", .removed, ["H01"]),
        line(.server, "Sec-WebSocket-Accept", .twice, ["H06"]),
        line(.server, "Sec-WebSocket-Accept", .value("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), ["H01"]),
        line(.server, "Sec-WebSocket-Protocol", .removed, ["H07"]),
        line(.server, "Sec-WebSocket-Protocol", .twice, ["H06"]),
        line(.server, "Sec-WebSocket-Protocol", .value("chat.v3"), ["H07"]),
    ]

    @Test(arguments: lines)
    func oneHeaderField(_ line: Line) {
        var play = Play(Self.clean)
        play.rewrite(line.side == .client ? "Upgrade: websocket" : "◀─ server 101") { head in
            var lines = head.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
            guard let index = lines.firstIndex(where: { $0.hasPrefix(line.name) }) else { return head }
            switch line.change {
            case .removed: lines.remove(at: index)
            case .twice: lines.insert(lines[index], at: index)
            case .value(let value): lines[index] = line.name == "GET" ? value : "\(line.name): \(value)"
            }
            return lines.joined(separator: "\r\n")
        }
        #expect(Self.rules(play) == line.rules)
    }

    /// A field that is only added.
    @Test(
        arguments: [
            (.client, "Content-Length: 5", ["H03"]), (.client, "Transfer-Encoding: chunked", ["H03"]),
            (.client, "no colon", ["H03"]), (.client, "Sec-WebSocket-Extensions: permessage-deflate; x=1", ["H09"]),
            (.client, "Sec-WebSocket-Extensions: ;", ["H09"]),
            (.client, "Sec-WebSocket-Extensions: permessage-deflate", []),
            (.server, "Content-Length: 0", ["H02"]), (.server, "Sec-WebSocket-Extensions: permessage-deflate", ["H09"]),
            (.server, "Sec-WebSocket-Extensions: x-unknown", ["H09"]), (.server, "no colon", ["H02"]),
            (.server, "Set-Cookie: session=8fj3kd93jf8dk3; Path=/", ["S07"]),
        ] as [(Side, String, Set<RuleCode>)])
    func oneMoreHeaderField(_ side: Side, _ field: String, _ expected: Set<RuleCode>) {
        var play = Play(Self.clean)
        play.rewrite(side == .client ? "Upgrade: websocket" : "◀─ server 101") {
            $0.dropLast() + field + "\r\n\r\n"
        }
        #expect(Self.rules(play) == expected)
    }
}

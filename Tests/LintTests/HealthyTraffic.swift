import Lint
import Wire

/// What traffic looks like where nothing is wrong: peers with good defaults, or made safe by those who run them.
struct HealthyTraffic: Sendable {
    let name: String
    var settings = LintSettings()
    let scene: Scene
    /// Rules that must have found enough to say that all is well.
    let passed: Set<RuleCode>
    /// Rules that may remark on a choice, as a note.
    var remarks: Set<RuleCode> = []

    static let all = [websockets, hardenedNode, chat, ticker, game]
}

extension HealthyTraffic {
    /// python websockets on both sides with its defaults, over TLS, for three minutes: compressed messages, and a Ping of
    /// each side every 20 s.
    static let websockets = HealthyTraffic(
        name: "python websockets",
        scene: Scene { scene in
            let offer = "permessage-deflate; client_max_window_bits"
            let answer = "permessage-deflate; server_max_window_bits=12; client_max_window_bits=12"
            scene.open("/feed") {
                $0.request("Origin", nil)
                $0.request("Authorization", "Bearer dGhpcyBpcyBub3QgYSByZWFsIHRva2Vu")
                $0.request("Sec-WebSocket-Extensions", offer)
                $0.request("User-Agent", "Python/3.11 websockets/17.4")
                $0.response("Date", "Mon, 05 Jan 2026 12:00:00 GMT")
                $0.response("Sec-WebSocket-Extensions", answer)
                $0.response("Server", "Python/3.11 websockets/17.4")
            }
            var deflating = Deflating(windowBits: 12)
            for turn in 1...9 {
                for second in 1...4 {
                    let number = turn * 4 + second
                    deflating.text(.client, #"{"type":"ask","id":\#(number),"text":"how is room \#(turn)?"}"#, &scene)
                    scene.wait(0.03)
                    deflating.text(
                        .server, #"{"type":"answer","id":\#(number),"text":"\#(number * 37) people are in it"}"#, &scene
                    )
                    scene.wait(4.9)
                }
                beat(&scene, turn)
            }
            scene.end(by: .client)
        }, passed: ["S01", "S02", "S06", "D03", "D04", "D05", "L01", "L03", "H01", "F01", "F02", "C01", "C02"],
        remarks: ["U01"])

    /// Both sides ping, with four bytes of their own, and both answer.
    private static func beat(_ scene: inout Scene, _ number: Int) {
        for side in [Side.server, .client] {
            let payload = "\(side == .client ? "c" : "s")\(number * 7 % 10)\(100 + number)".prefix(4)
            scene.ping(side, String(payload))
            scene.wait(0.028)
            scene.pong(side.peer, String(payload))
        }
    }

    /// ws behind a check of cookie and Origin, with a limit and a heartbeat of 30 s: the README's recipe.
    static let hardenedNode = HealthyTraffic(
        name: "Node ws, hardened",
        scene: Scene { scene in
            scene.open("/live") {
                browser(&$0, number: 1)
                $0.request("Sec-WebSocket-Protocol", "live.v2")
                $0.response("Sec-WebSocket-Protocol", "live.v2")
            }
            scene.text(.client, #"{"type":"join","id":1,"room":"lobby"}"#)
            scene.text(.server, #"{"type":"joined","id":1,"room":"lobby","members":["alice","bob"]}"#)
            for turn in 1...5 {
                scene.wait(29)
                scene.ping(.server)
                scene.wait(0.04)
                scene.pong(.client)
                scene.text(.server, #"{"type":"said","by":"bob","text":"turn \#(turn), and nothing new"}"#)
            }
            scene.end(by: .server, 1001)
        }, passed: ["S01", "S02", "S06", "D03", "D04", "D05", "L01", "L03", "H01", "H07", "F01", "C02"])

    /// Three people in a room, on one server, each with a browser.
    static let chat = HealthyTraffic(
        name: "a chat",
        scene: Scene { scene in
            for person in 1...3 {
                scene.on(person)
                scene.open("/chat") { browser(&$0, number: person) }
                scene.wait(1.7 * Double(person))
            }
            for turn in 1...12 {
                let author = turn % 3 + 1
                scene.on(author)
                scene.text(.client, #"{"type":"say","text":"line \#(turn): what \#(lines[turn % lines.count])?"}"#)
                for person in 1...3 {
                    scene.on(person)
                    scene.text(.server, #"{"type":"said","by":\#(author),"text":"\#(lines[turn % lines.count])"}"#)
                    if turn.isMultiple(of: 3) {
                        scene.ping(.server, "\(turn)")
                        scene.wait(0.02 * Double(person))
                        scene.pong(.client, "\(turn)")
                    }
                }
                scene.wait(3 + Double(turn * 7 % 5))
            }
            for person in 1...3 {
                scene.on(person)
                scene.end(by: .client, 1001)
                scene.wait(6.3)
            }
        }, passed: ["S01", "S06", "D04", "H01", "F01", "C01"])

    private static let lines = [
        "the tide is out", "did you see the moon", "lunch at one", "the build is green again, thank you", "no idea",
    ]

    /// Quotes of two symbols for a minute and a half, to a program.
    static let ticker = HealthyTraffic(
        name: "a ticker",
        scene: Scene { scene in
            scene.open("/quotes") {
                $0.request("Origin", nil)
                $0.request("User-Agent", "quotes-client/3.2")
            }
            scene.text(.client, #"{"type":"subscribe","id":1,"symbols":["ACME","GLOBEX"]}"#)
            scene.text(.server, #"{"type":"subscribed","id":1}"#)
            for tick in 1...180 {
                let symbol = tick.isMultiple(of: 3) ? "GLOBEX" : "ACME"
                scene.text(
                    .server,
                    #"{"type":"quote","symbol":"\#(symbol)","price":\#(100 + tick * 7 % 13).\#(tick % 9 + 1),"seq":\#(tick)}"#
                )
                scene.wait(0.3 + Double(tick * 37 % 40) / 100)
                if tick.isMultiple(of: 40) {
                    scene.ping(.server, "\(tick)")
                    scene.wait(0.05)
                    scene.pong(.client, "\(tick)")
                }
            }
            scene.text(.client, #"{"type":"unsubscribe","id":2}"#)
            scene.text(.server, #"{"type":"unsubscribed","id":2}"#)
            scene.end(by: .client)
        }, passed: ["S01", "S06", "D02", "D03", "D04", "D05", "H01", "F01", "C01"])

    /// Sixty small binary messages a second each way, as its owner has said.
    static let game = HealthyTraffic(
        name: "a game", settings: gameSettings,
        scene: Scene { scene in
            scene.open("/arena") { browser(&$0, number: 1) }
            for tick in 1...900 {
                scene.frame(.client, .binary, input(tick))
                scene.frame(.server, .binary, input(tick &* 31) + input(tick &* 17))
                scene.wait(1 / 60 - 0.002)
                if tick.isMultiple(of: 300) {
                    scene.ping(.server, "\(tick)")
                    scene.wait(0.02)
                    scene.pong(.client, "\(tick)")
                }
            }
            scene.end(by: .client)
        }, passed: ["S01", "S06", "H01", "F01", "F10", "C01"])

    private static func input(_ tick: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: (tick &+ $0) &* 2_654_435_761 >> 7) }
    }

    private static let gameSettings: LintSettings = {
        var settings = LintSettings()
        var arena = LintSettings.Endpoint(pattern: "/arena")
        arena.thresholds["U04"] = ["rate": .count(150), "flood": .count(400)]
        settings.endpoints = [arena]
        return settings
    }()

    /// A handshake as browsers make it, with a cookie of its own.
    private static func browser(_ handshake: inout Scene.Handshake, number: Int) {
        handshake.request("Authorization", nil)
        handshake.request("Origin", "https://chat.example")
        handshake.request("Cookie", "__Host-session=q9Xw2c7eLm\(number)4; theme=dark")
        handshake.request("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
        handshake.request("Cache-Control", "no-cache")
    }
}

/// Both sides' compression, with the windows taken over from message to message.
private struct Deflating {
    private let client: Deflater
    private let server: Deflater

    init(windowBits: Int) {
        client = Deflater(windowBits: windowBits, noContextTakeover: false)
        server = Deflater(windowBits: windowBits, noContextTakeover: false)
    }

    mutating func text(_ side: Side, _ text: String, _ scene: inout Scene) {
        var payload: [UInt8] = []
        (side == .client ? client : server).deflate(Array(text.utf8).span, into: &payload)
        scene.frame(side, .text, payload, rsv1: true)
    }
}

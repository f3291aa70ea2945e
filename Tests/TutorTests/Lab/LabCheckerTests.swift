import Connection
import Testing
import Tutor
import Wire

struct LabCheckerTests {
    private static func echo() -> LabPlay {
        var play = LabPlay("you")
        play.open()
        play.frames(.client, #"text "Hello""#)
        play.frames(.server, #"text "Hello""#)
        play.frames(.client, #"text "Hel" fin=0; ping "42"; continuation "lo""#)
        play.frames(.server, #"pong "42""#)
        play.frames(.client, #"close 1000 "bye""#)
        play.frames(.server, "close 1000")
        play.tell(1, .fin(from: .server))
        play.tell(1, .fin(from: .client))
        return play
    }

    @Test(
        "Met",
        arguments: [
            "seen client text", "seen server text where payload == Hello", "seen client text where masked == yes",
            "never client text where masked == no", "never reset", "client text before server text",
            #"client text where fin == no then client ping then client continuation where payload == "lo""#,
            "server pong within 50ms of client ping", "count client text == 2", "count client frame >= 4",
            "bytes server text == 7", "bytes client text < bytes request", "traffic client > traffic server * 0",
            #"payload client message == "Hello""#, "header request Upgrade == websocket",
            "header response Sec-WebSocket-Accept == s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "header request Connection ~ upgrade",
            "close client code in 1000 1001", "close client reason == bye", "closed client code == 1000",
            "closed server code == 1000 on you", "seen closed where clean == yes and first == server",
            "seen server pong where answers == yes and rtt < 50", "seen established", "seen opened on you",
            "delay client ping to server pong < 50ms", "max len of client text == 5", "sum len of client frame > 5",
            "median len of server text == 5", "2 * count server text == 2", "count client text == 1 +- 100%",
            "seen request where target == /chat and method == GET", "seen client text where len in 5 7",
            "seen client ping where payload == hex:3432", "never request where broken ~ key",
        ].filter { !$0.contains("* 0") })
    func met(_ assertion: String) throws {
        let result = try LabCheckerTests.echo().result(assertion)
        #expect(result.state == .met, "\(result.difference ?? "")")
    }

    @Test(
        "Not met, with the first thing that differs",
        arguments: [
            (
                #"seen server text where payload == "Hallo""#,
                #"frame 2 of you: payload: byte 1 is 65 "e", expected 61 "a" of "Hallo""#
            ),
            ("seen client text where masked == no", "frame 3 of you: masked: expected no, but it is yes"),
            ("seen server ping", "no ping frame of the server yet; there is one of the other side"),
            ("seen binary", "no binary frame yet"),
            ("close server code == 1001", "frame 8 of you: code: expected 1001, but it is 1000"),
            ("header request Upgrade == h2c", #"on you: Upgrade: expected h2c, but it is "websocket""#),
            (
                "header request Origin == https://a.example",
                "on you: Origin: expected https://a.example, but there is none"
            ),
            ("count client text == 3", "count client text is 2, expected == 3"),
            ("bytes server text == 11", "bytes server text is 7, expected == 11"),
            ("client text then server binary", "no binary frame of the server yet behind the one before"),
        ])
    func open(_ assertion: String, _ difference: String) throws {
        let result = try LabCheckerTests.echo().result(assertion)
        #expect(result.state == .open)
        #expect(result.difference == difference)
    }

    @Test(
        "Can no longer be met",
        arguments: [
            "never client ping", "server text before client text", "count client text == 1", "count client text < 2",
            "server binary before client text",
        ])
    func broken(_ assertion: String) throws {
        #expect(try LabCheckerTests.echo().result(assertion).state == .broken)
    }

    @Test func pointsAtTheFrame() throws {
        let result = try LabCheckerTests.echo().result("seen client text where fin == no and payload == Hallo")
        #expect(result.pointer?.frame == 3)
        #expect(result.pointer?.name == "you")
    }

    @Test func violationsAreSeen() throws {
        var play = LabPlay("you")
        play.open()
        play.frames(.client, #"text "Hi" mask=none"#)
        #expect(try play.result("seen client violation where rule == clientUnmasked").state == .met)
        #expect(try play.result("never server violation").state == .met)
    }

    @Test func connectionsAreToldApart() throws {
        var play = LabPlay("a", "b")
        play.open(1)
        play.open(2)
        play.frames(.client, #"text "x""#, 2)
        #expect(try play.result("seen client text on b").state == .met)
        #expect(try play.result("never client text on a").state == .met)
        #expect(try play.result("traffic client on b > traffic client on a").state == .met)
    }

    @Test func othersConnectionsAreNobodysBusiness() throws {
        var play = LabPlay("a")
        play.tell(7, .opened(Opening(client: .loopback(1), server: .loopback(2), source: "demo")))
        play.open(7)
        #expect(try play.result("never established").state == .met)
        #expect(play.log.snapshot.events.count == 1)
    }

    @Test func answersAreComparedWithTheLog() throws {
        let play = LabCheckerTests.echo()
        #expect(try play.result("answer q == count client text", figures: ["q": 2]).state == .met)
        #expect(try play.result("answer q == bytes server text +- 20%", figures: ["q": 8]).state == .met)
        #expect(try play.result("answer q == bytes server text +- 10%", figures: ["q": 8]).state == .open)
        #expect(try play.result("answer q == 2").difference == "the question is not answered yet")
    }

    @Test func delayIsMeasured() throws {
        var play = LabPlay("you")
        play.open()
        play.frames(.client, "ping")
        play.wait(milliseconds: 300)
        play.frames(.server, "pong")
        #expect(try play.result("server pong within 200ms of client ping").state == .open)
        #expect(try play.result("delay client ping to server pong > 300ms").state == .met)
        #expect(
            try play.result("server pong within 200ms of client ping").difference
                == "the pong frame of the server came after 301 ms, expected within 200 ms")
    }
}

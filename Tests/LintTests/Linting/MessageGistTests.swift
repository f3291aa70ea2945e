import Lint
import Testing

/// Heartbeats are known in the words that libraries and exchanges use for them.
struct MessageGistTests {
    private func beat(_ text: String) -> MessageGist.Beat? {
        let bytes = Array(text.utf8)
        return MessageGist(bytes.span, JSONSketch(bytes.span)).beat
    }

    @Test(arguments: [
        "ping", "PING\n", #"{"type":"ping"}"#, #"{"action":"Ping","id":4}"#, #"{"ping":1767614400}"#,
        #"["1","5","phoenix","heartbeat",{}]"#,
    ])
    func ping(_ text: String) { #expect(beat(text) == .ping) }

    @Test(arguments: [
        "pong", #"{"event":"pong"}"#, #"{"pong":1767614400}"#, #"{"type":"heartbeat_ack"}"#,
        #"["1","5","phoenix","phx_reply",{"status":"ok"}]"#,
    ])
    func pong(_ text: String) { #expect(beat(text) == .pong) }

    @Test(arguments: ["\n", "heartbeat", #"{"type":"ka"}"#, #"{"op":"keepalive"}"#, "{\"type\":6}\u{1e}"])
    func tick(_ text: String) { #expect(beat(text) == .tick) }

    @Test(arguments: [
        "hello", #"{"type":"say","text":"ping"}"#, #"{"ping":1,"host":"a","ms":4}"#, "[1,2]", "2", #"{"type":6}"#,
        #"{"type":"pingu"}"#, #"{"type":"ping","text":"\#(String(repeating: "x", count: 600))"}"#,
    ])
    func none(_ text: String) { #expect(beat(text) == nil) }

    @Test func theUsualKeyForTypeAndIdWins() {
        let bytes = Array(#"{"method":"a","ref":1,"type":"b","id":2}"#.utf8)
        let gist = MessageGist(bytes.span, JSONSketch(bytes.span))
        #expect(gist.type.map { String(decoding: bytes[$0], as: UTF8.self) } == "b")
        #expect(gist.id.map { String(decoding: bytes[$0], as: UTF8.self) } == "2")
    }
}

/// What the demo's clients say.
enum DemoScript {
    enum Step: Sendable {
        case text(String)
        case binary([UInt8])
        /// One text message in several frames.
        case fragments([String])
        case ping(String)
        /// In milliseconds.
        case pause(Int)
    }

    /// To the echo: each kind of frame once.
    static let tour: [Step] = [
        .text("Hello! Every frame you see here can be opened bit by bit."), .pause(900),
        .text(#"{"op":"subscribe","channel":"trades","id":1}"#), .pause(800),
        .ping("are you there?"), .pause(900),
        .binary([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), .pause(1000),
        .fragments(["A message may come ", "in several frames, ", "and is one message nevertheless."]), .pause(1100),
        .text("Ünïcödé, 漢字 and 👩‍🚀 are UTF-8 on the wire."), .pause(900),
        .text(""), .pause(800),
        .text(sonnet), .pause(1200),
        .ping(""), .pause(700),
        .binary((0...255).map { UInt8($0) }), .pause(1000),
        .fragments(["Between two fragments", " a control frame may stand, never another message."]), .pause(900),
        .text(#"{"op":"unsubscribe","channel":"trades","id":2}"#), .pause(1500),
    ]

    /// Two in a room.
    static let ada: [Step] = [
        .pause(400), .text("ada: is anyone here?"), .pause(2600),
        .text("ada: full-duplex! I can speak while you do."), .pause(3200),
        .text("ada: and nobody had to poll."), .pause(2800),
        .ping("ada"), .pause(1400),
        .text("ada: why does only the client mask?"), .pause(3900),
        .text("ada: so masking hides nothing, it protects old proxies."), .pause(3000),
    ]

    static let grace: [Step] = [
        .pause(1700), .text("grace: I am, since the 101."), .pause(2900),
        .text("grace: one TCP connection, two directions."), .pause(3100),
        .text("grace: the server pushed this to you."), .pause(3300),
        .text("grace: §10.3 – so that a page cannot write bytes of its choice to a proxy."), .pause(4200),
        .text("grace: bye!"), .pause(900),
    ]

    /// Reads what the ticker pushes, and says nothing.
    static let reader: [Step] = [.pause(6000), .ping("still there?"), .pause(6000)]

    /// Long and repetitive: permessage-deflate makes it much shorter.
    private static let sonnet = (1...12).map { "Verse \($0): the same words again compress well, again and again. " }
        .joined()
}

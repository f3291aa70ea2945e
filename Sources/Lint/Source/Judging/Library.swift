/// The libraries whose use is judged, and what each does unless it is told otherwise.
enum Library: String, CaseIterable {
    case ws, websockets, gorilla
    case nio = "SwiftNIO"
    case urlSession = "URLSession"
    case browser = "WebSocket"

    /// The largest message that is accepted; nil: of any size.
    var maxMessage: Int? {
        switch self {
        case .ws: 100 << 20
        case .websockets, .urlSession: 1 << 20
        case .nio: 1 << 14
        case .gorilla, .browser: nil
        }
    }

    /// Whether it sends Pings by itself.
    var pings: Bool { self == .websockets }

    var title: String {
        switch self {
        case .ws, .websockets, .nio, .urlSession: rawValue
        case .gorilla: "gorilla/websocket"
        case .browser: "the browser"
        }
    }

    /// What it would take to ask.
    var door: String {
        switch self {
        case .ws: "no verifyClient, no \"upgrade\" handler that refuses, no token that is read"
        case .websockets: "no process_request that refuses, no token that is read"
        case .gorilla: "no token or cookie is read before Upgrade, or after it"
        case .nio: "no token or cookie is read in shouldUpgrade, or after it"
        case .urlSession, .browser: "no token is read"
        }
    }

    /// Whether it refuses the Origin of another host by itself.
    var checksOrigin: Bool { self == .gorilla }

    /// Those that a program uses.
    static func used(by program: SourceProgram) -> [Library] {
        allCases.filter { library in
            switch library {
            case .ws: program.uses("ws")
            case .websockets: program.uses("websockets")
            case .gorilla: program.uses("github.com/gorilla/websocket")
            case .nio: program.uses("NIOWebSocket")
            case .urlSession: program.has("task")
            case .browser: program.all("new").contains { $1["CLASS"]?.text == "WebSocket" }
            }
        }
    }
}

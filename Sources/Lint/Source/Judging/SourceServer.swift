import Wire

/// A place where a program begins to accept WebSocket connections, or to make one.
struct SourceServer {
    enum Role { case server, client }

    let library: Library
    let role: Role
    let part: SourceProgram.Part
    let bytes: Range<Int>
    let options: SourceOptions
    /// Where a client connects to, as it is written.
    let address: String?

    static func servers(in program: SourceProgram) -> [SourceServer] { all(in: program).filter { $0.role == .server } }

    static func all(in program: SourceProgram) -> [SourceServer] {
        program.all("new").compactMap { part, match in
            guard let name = match["CLASS"]?.text, let (library, role) = Self.meaning(of: name, in: part) else {
                return nil
            }
            let options = SourceOptions(match, of: library, in: part, program)
            return SourceServer(
                library: library, role: role, part: part, bytes: match.bytes, options: options,
                address: match.variables["ARGS"]?.first?.text)
        }
    }

    /// - Parameter name: What is called or made, as it is written.
    private static func meaning(of name: String, in part: SourceProgram.Part) -> (Library, Role)? {
        let meaning = part.imports.meaning(of: name) ?? name
        switch part.file.language {
        case .javascript, .typescript, .tsx:
            switch meaning {
            case "ws.Server", "ws.WebSocketServer", "ws.WebSocket.Server", "ws.WebSocket.WebSocketServer":
                return (.ws, .server)
            case "ws", "ws.WebSocket": return (.ws, .client)
            case "WebSocket", "window.WebSocket", "globalThis.WebSocket", "self.WebSocket":
                return (.browser, .client)
            default: return nil
            }
        case .python:
            guard meaning.hasPrefix("websockets."), let last = meaning.split(separator: ".").last else { return nil }
            switch last {
            case "serve", "unix_serve": return (.websockets, .server)
            case "connect", "unix_connect": return (.websockets, .client)
            default: return nil
            }
        case .go:
            // `upgrader.Upgrade(w, r, nil)`: only the type of the upgrader, which is not known, says whose it is.
            guard part.imports.uses("github.com/gorilla/websocket") else { return nil }
            return (.gorilla, name.hasSuffix("Upgrade") ? .server : .client)
        case .swift:
            switch name {
            case "NIOWebSocketServerUpgrader", "NIOTypedWebSocketServerUpgrader": return (.nio, .server)
            case "NIOWebSocketClientUpgrader", "NIOTypedWebSocketClientUpgrader": return (.nio, .client)
            default: return nil
            }
        case .nginx: return nil
        }
    }

    /// The function that decides who may connect.
    var gate: SourceOptions.Option? {
        switch library {
        case .ws: options["verifyClient"]
        case .websockets: options["process_request"]
        case .nio, .gorilla, .urlSession, .browser: nil
        }
    }

    /// Whether the library was given the origins that may connect.
    var listsOrigins: Bool { options["origins"].map { $0.text != "None" } ?? false }

    /// Whether what decides who may connect is not here.
    func isJudgedElsewhere(_ hasUpgrade: Bool) -> Bool {
        guard gate == nil else { return false }
        let isWithoutServer = options["noServer"].map { $0.text != "false" } ?? false
        return options.isOpen || isWithoutServer && !hasUpgrade
    }

    /// The address that it listens at, where that is only this machine, or every interface of it.
    func host(in program: SourceProgram) -> String? {
        let own = options["host"].map { [$0.text] } ?? []
        let others = program.all("listen").compactMap { $1["HOST"]?.text }
        for text in own.isEmpty ? others : own {
            let host = Origin.host(of: text.filter { !"\"'`".contains($0) })
            if Loopback.contains(host: host) || host == "0.0.0.0" || host == "::" { return host }
        }
        return nil
    }
}

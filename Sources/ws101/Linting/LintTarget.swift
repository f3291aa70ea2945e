import Foundation
import Lint
import Transport

/// What is linted, told by what it is.
enum LintTarget {
    /// A capture file, or standard input.
    case recording(path: String)
    case server(WebSocketURL)
    /// A folder, or a file of source code.
    case source(path: String)

    /// - Parameter text: Of the command line.
    init(_ text: String) throws {
        if text == "-" {
            self = .recording(path: "/dev/stdin")
        } else if text.contains("://") {
            self = .server(try WebSocketURL.asked(LintTarget.webSocket(text)))
        } else if try LintTarget.isFolder(text) || LintTarget.endings.contains(LintTarget.ending(text)) {
            self = .source(path: text)
        } else {
            self = .recording(path: text)
        }
    }

    /// Where its source code is.
    var sourceFolder: String? {
        guard case .source(let path) = self else { return nil }
        return LintTarget.endings.contains(LintTarget.ending(path))
            ? (path as NSString).deletingLastPathComponent : path
    }

    /// Where the recording is.
    var folder: String? {
        guard case .recording(let path) = self, path != "/dev/stdin" else { return nil }
        return (path as NSString).deletingLastPathComponent
    }

    var way: Way {
        switch self {
        case .recording: .wire
        case .server: .probe
        case .source: .source
        }
    }

    /// The languages and configurations that rules are written for.
    private static let endings: Set<String> = [
        "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "py", "go", "swift", "conf", "nginx",
    ]

    private static func ending(_ path: String) -> String { URL(fileURLWithPath: path).pathExtension.lowercased() }

    /// A page's address does for the address of its WebSocket.
    private static func webSocket(_ url: String) -> String {
        for (from, to) in [("http://", "ws://"), ("https://", "wss://")] where url.lowercased().hasPrefix(from) {
            return to + url.dropFirst(from.count)
        }
        return url
    }

    private static func isFolder(_ path: String) throws -> Bool {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) { return isFolder.boolValue }
        let isAddress = HostPort(path) != nil
        throw Failure(
            "there is no \(path)",
            next: isAddress
                ? "To probe a running server, give its URL: ws101 lint ws://\(path)/"
                : "Give a recording, the URL of a running server, or a folder with source code.")
    }
}

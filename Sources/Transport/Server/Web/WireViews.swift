import Connection
import Synchronization
import Wire

/// The wire as the server sees it, for a page that asks: what a browser hides (the handshake's headers, Pings, masks, the
/// Close frames) is told over a second connection, for the one connection that has the page's number in its URL.
///
/// The number is a secret of the page's own making, so nobody sees another's connection. A connection that nobody watches
/// costs nothing.
package final class WireViews: Sendable {
    private let views = Mutex<[String: WireView]>([:])

    static let pathPrefix = "/wire/"
    /// The name of the number in the URL of the connection that is watched.
    static let parameter = "view"
    private static let most = 64

    package init() {}

    /// The number in a path of a watcher; nil for other paths.
    static func number(_ path: String) -> String? {
        guard path.hasPrefix(pathPrefix) else { return nil }
        let number = path.dropFirst(pathPrefix.count)
        return isNumber(number) ? String(number) : nil
    }

    /// 128 bits in hexadecimal, so that it cannot be guessed.
    private static func isNumber(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 32 && text.allSatisfy { $0.isASCII && $0.isHexDigit }
    }

    subscript(number: String) -> WireView? { views.withLock { $0[number] } }

    func serve(_ watcher: WebSocketConnection, _ number: String) {
        let view = WireView(watcher)
        let isTaken = views.withLock { views in
            guard views.count < WireViews.most, views[number] == nil else { return false }
            views[number] = view
            return true
        }
        guard isTaken else { return watcher.close(code: 1013, reason: "too many watch, or this number is taken") }
        watcher.onMessage { _ in }
        watcher.onClose { _ in self.views.withLock { $0[number] = nil } }
        watcher.send(#"{"kind":"ready"}"#)
    }
}

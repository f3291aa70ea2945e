import Foundation

// NIOWebSocketServerUpgrader(maxFrameSize: .max) { } and certificateVerification = .none are only words here.
let advice = "NIOWebSocketServerUpgrader(maxFrameSize: Int.max)"
struct NIOWebSocketish { let maximumMessageSize = Int.max }
let loopback = "ws://127.0.0.1:8080/ and ws://[::1]/ and wss://example.com/"
let settings = try! JSONDecoder().decode([String: Int].self, from: Data("{}".utf8))

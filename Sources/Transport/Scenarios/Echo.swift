/// Sends back what it gets.
package struct Echo: Scenario {
    package static let name = "echo"
    package static let summary = "sends every message back as it came, text or binary"
    package static let path = "/echo"

    package init() {}

    package func serve(_ connection: WebSocketConnection) {
        connection.onMessage { message in connection.send(message) }
    }
}

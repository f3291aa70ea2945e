/// Swift: SwiftNIO's NIOWebSocket, and Foundation's URLSessionWebSocketTask.
extension PatternSheet {
    static let swift = make(
        #"""
        id: swift-ignore
        language: swift
        metadata: {fact: comment}
        rule: {kind: comment, regex: 'ws101:'}
        """#)
}

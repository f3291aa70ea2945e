/// Go: the package gorilla/websocket.
extension PatternSheet {
    static let go = make(
        #"""
        id: go-ignore
        language: go
        metadata: {fact: comment}
        rule: {kind: comment, regex: 'ws101:'}
        """#)
}

/// Python: the package websockets.
extension PatternSheet {
    static let python = make(
        #"""
        id: python-ignore
        language: python
        metadata: {fact: comment}
        rule: {kind: comment, regex: 'ws101:'}
        """#)
}

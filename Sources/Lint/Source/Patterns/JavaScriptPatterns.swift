/// JavaScript and TypeScript: the package ws, and the WebSocket of browsers.
extension PatternSheet {
    static let javaScript = make(
        #"""
        # JavaScript and TypeScript: the package ws, and the WebSocket of browsers.
        # A sheet is what ast-grep takes; `metadata` says what a match means: a fact to reason with, or a fault of a rule.
        id: js-ignore
        language: javascript
        metadata: {fact: comment}
        rule: {kind: comment, regex: 'ws101:'}
        ---
        # Which modules a file uses, and under which names.
        id: js-import
        language: javascript
        metadata: {fact: import}
        rule: {kind: import_statement}
        ---
        id: js-require
        language: javascript
        metadata: {fact: import}
        rule:
          kind: variable_declarator
          has:
            field: value
            any:
              - pattern: require($MODULE)
              - pattern: require($MODULE).$PART
              - pattern: await import($MODULE)
        ---
        id: js-link
        language: javascript
        metadata: {fact: link}
        rule:
          any:
            - pattern: require($MODULE)
            - pattern: import($MODULE)
            - {kind: export_statement, has: {field: source, pattern: $MODULE}}
        constraints: {MODULE: {kind: string}}
        ---
        id: js-new
        language: javascript
        metadata: {fact: new}
        rule: {pattern: new $CLASS($$$ARGS)}
        constraints: {CLASS: {regex: '^[\w.$]+$'}}
        ---
        id: js-object
        language: javascript
        metadata: {fact: object}
        rule:
          all:
            - kind: variable_declarator
            - has: {field: name, pattern: $NAME, kind: identifier}
            - has: {field: value, pattern: $VALUE, kind: object}
        ---
        id: js-option
        language: javascript
        metadata: {fact: option}
        rule:
          any:
            - all:
                - kind: pair
                - has:
                    field: key
                    pattern: $KEY
                    regex: '^["'']?(maxPayload|verifyClient|noServer|host|port|server|perMessageDeflate|maxFragments|maxBufferedChunks|interval|timeout|heartbeat)["'']?$'
                - has: {field: value, pattern: $VALUE}
            - all:
                - kind: shorthand_property_identifier
                - regex: '^(maxPayload|verifyClient|noServer|host|port|server|perMessageDeflate)$'
                - pattern: $KEY
            - all:
                - kind: method_definition
                - has: {field: name, pattern: $KEY, regex: '^verifyClient$'}
        ---
        id: js-option-later
        language: javascript
        metadata: {fact: assigned}
        rule: {pattern: $OBJECT.$KEY = $VALUE}
        constraints: {KEY: {regex: '^(maxPayload|verifyClient|noServer|host|perMessageDeflate)$'}}
        ---
        id: js-spread
        language: javascript
        metadata: {fact: spread}
        rule:
          all:
            - kind: spread_element
            - inside: {kind: object}
            - has: {pattern: $NAME}
        """#)
}

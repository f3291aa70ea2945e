/// Go: the package gorilla/websocket.
extension PatternSheet {
    static let go = make(
        #"""
        id: go-comment
        language: go
        metadata: {fact: comment}
        rule: {kind: comment, regex: 'ws101:'}
        ---
        id: go-import
        language: go
        metadata: {fact: import}
        rule: {kind: import_spec}
        ---
        id: go-constant
        language: go
        metadata: {fact: constant}
        rule:
          all:
            - any: [{kind: const_spec}, {kind: var_spec, inside: {kind: source_file, stopBy: end}}]
            - has: {field: name, pattern: $NAME}
            - has: {field: value, pattern: $VALUE}
        ---
        id: go-upgrade
        language: go
        metadata: {fact: new}
        rule: {pattern: {context: 'func f() { $CLASS($RESPONSE, $REQUEST, $HEADER) }', selector: call_expression}}
        constraints: {CLASS: {regex: '\.Upgrade$'}}
        ---
        id: go-dial
        language: go
        metadata: {fact: new}
        rule: {pattern: {context: 'func f() { $CLASS($$$ARGS) }', selector: call_expression}}
        constraints: {CLASS: {regex: '\.Dial(Context)?$'}}
        ---
        id: go-function
        language: go
        metadata: {fact: function}
        rule:
          any:
            - {kind: function_declaration, has: {field: name, pattern: $NAME}}
            - {kind: method_declaration, has: {field: name, pattern: $NAME}}
        ---
        id: go-any-origin
        language: go
        metadata: {fact: anyOrigin}
        rule:
          all:
            - any:
                - {kind: keyed_element, regex: '^CheckOrigin\s*:'}
                - {kind: assignment_statement, regex: '\.CheckOrigin\s*=[^=]'}
            - has: {kind: func_literal, stopBy: end, has: {field: body, regex: '^\{\s*(//[^\n]*\n\s*)*return true;?\s*(//[^\n]*\n\s*)*\}$'}}
        ---
        id: go-origin
        language: go
        metadata: {fact: origin}
        rule: {any: [{kind: interpreted_string_literal, regex: '^"Origin"$'}, {kind: keyed_element, regex: '^CheckOrigin'}]}
        ---
        id: go-credential
        language: go
        metadata: {fact: credential}
        rule:
          any: [{kind: identifier}, {kind: field_identifier}, {kind: interpreted_string_literal}]
          regex: '(?i)(auth|token|jwt|credential|passw|api[-_]?key|session|login|signin|cookie|bearer|ticket|hmac|secret)'
        ---
        id: go-ping
        language: go
        metadata: {fact: ping}
        rule:
          any:
            - {kind: field_identifier, regex: '^PingMessage$'}
            - {kind: interpreted_string_literal, regex: '(?i)^"(ping|heartbeat|keep-?alive|hb)"$'}
        ---
        id: go-timer
        language: go
        metadata: {fact: timer}
        rule: {pattern: {context: 'func f() { time.$TIMER($DELAY) }', selector: call_expression}}
        constraints: {TIMER: {regex: '^(NewTicker|Tick)$'}}
        ---
        id: go-deadline
        language: go
        metadata: {fact: deadline}
        rule: {pattern: {context: 'func f() { $CONNECTION.SetReadDeadline(time.Now().Add($DELAY)) }', selector: call_expression}}
        ---
        id: go-limit
        language: go
        metadata: {fact: limit}
        rule: {pattern: {context: 'func f() { $CONNECTION.$KEY($VALUE) }', selector: call_expression}}
        constraints: {KEY: {regex: '^SetReadLimit$'}}
        ---
        id: go-write-per-message
        language: go
        message: a goroutine for every message that is sent; what a slow client does not take fills memory, and gorilla allows one writer
        metadata: {rule: M06}
        rule: {pattern: {context: 'func f() { $CONNECTION.$WRITE($$$ARGS) }', selector: call_expression}, inside: {kind: go_statement}}
        constraints: {WRITE: {regex: '^(WriteMessage|WriteJSON)$'}}
        ---
        id: go-parse-ignored
        language: go
        message: the error of $JSON is dropped, so what the peer sent is used although it is not what was expected
        metadata: {rule: D01}
        rule:
          all:
            - any: [{pattern: {context: 'func f() { json.Unmarshal($$$ARGS) }', selector: call_expression}}, {pattern: {context: 'func f() { $CONNECTION.ReadJSON($TARGET) }', selector: call_expression}}]
            - pattern: $JSON
            - any:
                - inside: {kind: expression_statement}
                - inside: {kind: expression_list, inside: {kind: assignment_statement, regex: '^_\s*=[^=]'}}
        ---
        id: go-tls
        language: go
        message: InsecureSkipVerify accepts the certificate of whoever answers
        metadata: {rule: S11}
        rule: {any: [{kind: keyed_element, regex: '^InsecureSkipVerify\s*:\s*true$'}, {kind: assignment_statement, regex: '\.InsecureSkipVerify\s*=\s*true$'}]}
        ---
        id: go-listen
        language: go
        metadata: {fact: listen}
        rule:
          any:
            - pattern: {context: 'func f() { http.ListenAndServe($HOST, $HANDLER) }', selector: call_expression}
            - pattern: {context: 'func f() { http.ListenAndServeTLS($HOST, $$$REST) }', selector: call_expression}
            - pattern: {context: 'func f() { net.Listen($NETWORK, $HOST) }', selector: call_expression}
            - all: [{kind: keyed_element, regex: '^Addr\s*:'}, {has: {kind: interpreted_string_literal, pattern: $HOST, stopBy: end}}]
        constraints: {HOST: {kind: interpreted_string_literal}}
        ---
        id: go-text
        language: go
        metadata: {fact: text}
        rule:
          any: [{kind: interpreted_string_literal}, {kind: raw_string_literal}]
          regex: '(?i)wss?://|PRIVATE KEY-----|\b(AKIA|ASIA|AIza|gh[pos]_|sk_live_|xox[bp]-|eyJ[\w-]{6,}\.eyJ)'
        ---
        id: go-query
        language: go
        metadata: {fact: query}
        rule: {any: [{pattern: {context: 'func f() { $URL.Query().Get($NAME) }', selector: call_expression}}, {pattern: {context: 'func f() { $QUERY.Get($NAME) }', selector: call_expression}}, {pattern: {context: 'func f() { $REQUEST.FormValue($NAME) }', selector: call_expression}}]}
        constraints:
          NAME: {regex: '(?i)^.(access_token|id_token|token|jwt|api_?key|auth|password|secret|session(_?id)?).$'}
          QUERY: {regex: '(?i)(query|params|values|^q$)'}
        ---
        id: go-comparison
        language: go
        metadata: {fact: comparison}
        rule: {pattern: {context: 'func f() { strings.$HOW($VALUE, $WANTED) }', selector: call_expression}}
        constraints: {HOW: {regex: '^(Contains|HasPrefix|HasSuffix|Index)$'}, VALUE: {regex: '(?i)origin'}}
        ---
        id: go-comparison-expression
        language: go
        metadata: {fact: comparison}
        rule: {pattern: {context: 'func f() { regexp.$HOW($EXPRESSION, $VALUE) }', selector: call_expression}}
        constraints: {HOW: {regex: '^MatchString$'}, VALUE: {regex: '(?i)origin'}}
        ---
        id: go-retry
        language: go
        metadata: {fact: retry}
        rule:
          all:
            - {kind: for_statement}
            - has: {stopBy: end, pattern: {context: 'func f() { time.Sleep($DELAY) }', selector: call_expression}}
            - has: {stopBy: end, kind: call_expression, regex: '^[\w.]+\.Dial(Context)?\('}
        """#)
}

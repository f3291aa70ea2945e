/// JavaScript and TypeScript: the package ws, and the WebSocket of browsers.
///
/// A sheet is what ast-grep takes. `metadata` says what a match means: a fact to reason with, or a fault of a rule.
extension PatternSheet {
    static let javaScript = make(
        #"""
        id: js-comment
        language: javascript
        metadata: {fact: comment}
        rule: {kind: comment, regex: 'ws101:'}
        ---
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
        id: js-constant
        language: javascript
        metadata: {fact: constant}
        rule:
          all:
            - kind: variable_declarator
            - inside: {kind: lexical_declaration, regex: '^const'}
            - has: {field: name, kind: identifier, pattern: $NAME}
            - has: {field: value, pattern: $VALUE, regex: '^[\w\s.()*/+<-]{1,80}$'}
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
            - has: {field: name, kind: identifier, pattern: $NAME}
            - has: {field: value, kind: object, pattern: $VALUE}
        ---
        id: js-option
        language: javascript
        metadata: {fact: option}
        rule:
          any:
            - all:
                - kind: pair
                - has: {field: key, pattern: $KEY, regex: '^["'']?\w{3,24}["'']?$'}
                - has: {field: value, pattern: $VALUE}
                - has:
                    field: key
                    regex: '^["'']?(max[A-Z]\w+|verifyClient|noServer|host|port|server|perMessageDeflate|interval|timeout)["'']?$'
            - all:
                - kind: shorthand_property_identifier
                - regex: '^(max[A-Z]\w+|verifyClient|noServer|host|port|server|perMessageDeflate)$'
                - pattern: $KEY
            - all:
                - kind: method_definition
                - has: {field: name, pattern: $KEY, regex: '^verifyClient$'}
        ---
        id: js-option-assigned
        language: javascript
        metadata: {fact: assigned}
        rule: {pattern: $OBJECT.$KEY = $VALUE}
        constraints: {KEY: {regex: '^(maxPayload|maxFragments|verifyClient|noServer|host)$'}}
        ---
        id: js-spread
        language: javascript
        metadata: {fact: spread}
        rule:
          all:
            - kind: spread_element
            - inside: {kind: object}
            - has: {pattern: $NAME}
        ---
        id: js-function
        language: javascript
        metadata: {fact: function}
        rule:
          any:
            - {kind: function_declaration, has: {field: name, pattern: $NAME}}
            - {kind: method_definition, has: {field: name, pattern: $NAME}}
            - all:
                - kind: variable_declarator
                - has: {field: name, kind: identifier, pattern: $NAME}
                - has: {field: value, any: [{kind: arrow_function}, {kind: function_expression}]}
            - all:
                - any: [{kind: pair}, {kind: field_definition}]
                - has: {any: [{kind: property_identifier}, {kind: private_property_identifier}], pattern: $NAME}
                - has: {field: value, any: [{kind: arrow_function}, {kind: function_expression}]}
        ---
        id: js-handler
        language: javascript
        metadata: {fact: handler}
        rule:
          any:
            - pattern: $RECEIVER.$ON($EVENT, $FUNCTION)
            - pattern: $RECEIVER.$ON($EVENT, $FUNCTION, $OPTIONS)
        constraints:
          ON: {regex: '^(on|once|addListener|addEventListener)$'}
          EVENT: {regex: '^.(message|connection|close|upgrade|error|open|pong|ping).$'}
        ---
        id: js-handler-property
        language: javascript
        metadata: {fact: handler}
        rule: {pattern: $RECEIVER.$EVENT = $FUNCTION}
        constraints: {EVENT: {regex: '^on(message|close|error|open)$'}}
        ---
        id: js-guard
        language: javascript
        metadata: {fact: guard}
        rule: {kind: try_statement, has: {kind: catch_clause}, all: [{has: {field: body, pattern: $BODY}}]}
        ---
        id: js-origin
        language: javascript
        metadata: {fact: origin}
        rule:
          any:
            - all:
                - kind: property_identifier
                - regex: '^[oO]rigin$'
                - inside: {kind: member_expression, not: {regex: '(location|url|URL|self|window)\.origin$'}}
            - {kind: shorthand_property_identifier_pattern, regex: '^origin$'}
            - all: [{kind: string}, {regex: '^.[oO]rigin.$'}, {not: {inside: {kind: pair, field: key}}}]
            - {kind: identifier, regex: '(?i)^((is|check|verify|allowed?|trusted|valid|same|known|good)_?origins?\w*|origin_?(is)?(ok|allowed|valid|trusted|check|allow_?list)\w*)$'}
        ---
        id: js-credential
        language: javascript
        metadata: {fact: credential}
        rule:
          any: [{kind: identifier}, {kind: property_identifier}, {kind: shorthand_property_identifier}, {kind: shorthand_property_identifier_pattern}, {kind: string_fragment}]
          regex: '(?i)(auth|token|jwt|credential|passw|api[-_]?key|session|log[-_]?in|sign[-_]?in|cookie|bearer|passport|ticket|hmac|secret)'
        ---
        id: js-refusal
        language: javascript
        metadata: {fact: refusal}
        rule:
          any:
            - pattern: $SOCKET.destroy()
            - {kind: string_fragment, regex: '\b40[13]\b'}
            - all: [{kind: template_string}, {regex: '\b40[13]\b'}]
            - {kind: number, regex: '^(401|403|1008)$'}
        ---
        id: js-ping
        language: javascript
        metadata: {fact: ping}
        rule: {pattern: $SOCKET.ping($$$ARGS)}
        ---
        id: js-ping-of-application
        language: javascript
        metadata: {fact: ping}
        rule: {kind: string_fragment, regex: '(?i)^(ping|heartbeat|keep-?alive|hb)$'}
        ---
        id: js-timer
        language: javascript
        metadata: {fact: timer}
        rule: {pattern: '$TIMER($FUNCTION, $DELAY)'}
        constraints: {TIMER: {regex: '^((window|globalThis|self)\.)?set(Timeout|Interval)$'}}
        ---
        id: js-send
        language: javascript
        metadata: {fact: send}
        rule: {pattern: $SOCKET.send($$$ARGS)}
        ---
        id: js-broadcast
        language: javascript
        metadata: {fact: broadcast}
        rule:
          any:
            - all:
                - kind: for_in_statement
                - has: {field: left, pattern: $CLIENT}
                - has: {field: body, has: {pattern: $CLIENT.send($$$ARGS), stopBy: end}}
            - all:
                - pattern: $CLIENTS.forEach($FUNCTION)
                - has: {pattern: $CLIENT.send($$$ARGS), stopBy: end}
        ---
        id: js-pressure
        language: javascript
        metadata: {fact: pressure}
        rule:
          any:
            - {kind: property_identifier, regex: '^(bufferedAmount|writableLength|writableNeedDrain)$'}
            - {kind: identifier, regex: '^(createWebSocketStream|bufferedAmount)$'}
            - {kind: property_identifier, regex: '^createWebSocketStream$'}
            - {kind: shorthand_property_identifier_pattern, regex: '^bufferedAmount$'}
            - pattern: $SOCKET.pause()
        ---
        id: js-parse
        language: javascript
        metadata: {fact: parse}
        rule: {pattern: JSON.parse($$$ARGS)}
        ---
        id: js-blocking
        language: javascript
        metadata: {fact: blocking}
        rule:
          pattern: $CALLEE($$$ARGS)
        constraints:
          CALLEE: {regex: '(^|\.)\w*(read|write|append|copy|exec|spawn|pbkdf2|scrypt|hkdf|zip|deflate|inflate|compress|decompress|brotli|hash|compare|generate|sign|verify|sleep|query|request|rm|cp|opendir|readdir|readv)\w*Sync$'}
        ---
        id: js-waiting
        language: javascript
        metadata: {fact: blocking}
        rule:
          any:
            - pattern: Atomics.wait($$$ARGS)
            - all:
                - any: [{kind: while_statement}, {kind: do_statement}, {kind: for_statement}]
                - has: {field: condition, regex: '(Date\.now|performance\.now|hrtime|new Date)\b'}
                - not: {has: {kind: await_expression, stopBy: end}}
        ---
        id: js-inflate
        language: javascript
        metadata: {fact: inflate}
        rule: {pattern: $CALLEE($$$ARGS)}
        constraints: {CALLEE: {regex: '(^|\.)(inflate|inflateRaw|gunzip|unzip|brotliDecompress)(Sync)?$'}}
        ---
        id: js-sink
        language: javascript
        metadata: {fact: sink}
        rule:
          any:
            - pattern: $TARGET.$SINK = $VALUE
            - pattern: $TARGET.$SINK += $VALUE
            - pattern: $SINK($VALUE)
            - pattern: new $SINK($VALUE)
            - pattern: $SINK($WHERE, $VALUE)
        constraints: {SINK: {regex: '^(innerHTML|outerHTML|eval|Function|document\.write|.*\.(insertAdjacentHTML|writeln|eval|runInThisContext|runInNewContext|html))$'}}
        ---
        id: js-sink-command
        language: javascript
        metadata: {fact: sink}
        rule: {any: [{pattern: $SINK($VALUE)}, {pattern: '$SINK($VALUE, $$$REST)'}]}
        constraints: {SINK: {regex: '^((child_process|cp)\.)?exec(Sync)?$'}}
        ---
        id: js-derived
        language: javascript
        metadata: {fact: derived}
        rule:
          any:
            - {kind: variable_declarator, all: [{has: {field: name, pattern: $NAME}}, {has: {field: value, pattern: $VALUE}}]}
            - pattern: $NAME = $VALUE
        constraints: {VALUE: {regex: '(?i)(data|location|hash|search|parse|msg|message|event|\be\b|payload|body|text|string|raw|buf)'}}
        ---
        id: js-text
        language: javascript
        metadata: {fact: text}
        rule:
          any: [{kind: string}, {kind: template_string}]
          regex: '(?i)wss?://|[?&](access_token|id_token|token|jwt|api_?key|auth|password|secret|session(_?id)?)=|PRIVATE KEY-----|\b(AKIA|ASIA|AIza|gh[pos]_|sk_live_|xox[bp]-|eyJ[\w-]{6,}\.eyJ)'
        ---
        id: js-query
        language: javascript
        metadata: {fact: query}
        rule:
          any:
            - pattern: $URL.searchParams.get($NAME)
            - pattern: $QUERY.get($NAME)
        constraints:
          NAME: {regex: '(?i)^.(access_token|id_token|token|jwt|api_?key|auth|password|secret|session(_?id)?).$'}
          QUERY: {regex: '(?i)(params|query)'}
        ---
        id: js-comparison
        language: javascript
        metadata: {fact: comparison}
        rule: {any: [{pattern: $VALUE.$HOW($WANTED)}, {pattern: $VALUE?.$HOW($WANTED)}]}
        constraints: {HOW: {regex: '^(startsWith|endsWith|includes|indexOf|search|match)$'}, VALUE: {regex: '(?i)origin'}}
        ---
        id: js-comparison-expression
        language: javascript
        metadata: {fact: comparison}
        rule: {pattern: $EXPRESSION.$HOW($VALUE)}
        constraints: {HOW: {regex: '^(test|exec)$'}, VALUE: {regex: '(?i)origin'}}
        ---
        id: js-listen
        language: javascript
        metadata: {fact: listen}
        rule: {any: [{pattern: '$SERVER.listen($PORT, $HOST)'}, {pattern: '$SERVER.listen($PORT, $HOST, $$$REST)'}]}
        constraints: {HOST: {kind: string}}
        ---
        id: js-tls
        language: javascript
        message: $KEY is false, so the certificate of whoever answers is accepted
        metadata: {rule: S11}
        rule:
          all:
            - kind: pair
            - has: {field: key, pattern: $KEY, regex: '^["'']?rejectUnauthorized["'']?$'}
            - has: {field: value, regex: '^(false|0)$'}
        ---
        id: js-tls-process
        language: javascript
        message: NODE_TLS_REJECT_UNAUTHORIZED turns off the check of every certificate in this process
        metadata: {rule: S11}
        rule: {any: [{pattern: process.env.NODE_TLS_REJECT_UNAUTHORIZED = $VALUE}, {pattern: 'process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = $VALUE'}]}
        constraints: {VALUE: {regex: '^["'']?0["'']?$'}}
        """#)
}

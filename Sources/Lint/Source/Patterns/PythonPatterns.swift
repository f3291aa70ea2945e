/// Python: the package websockets.
extension PatternSheet {
    static let python = make(
        #"""
        id: py-comment
        language: python
        metadata: {fact: comment}
        rule: {kind: comment, regex: 'ws101:'}
        ---
        id: py-import
        language: python
        metadata: {fact: import}
        rule: {any: [{kind: import_statement}, {kind: import_from_statement}]}
        ---
        id: py-constant
        language: python
        metadata: {fact: constant}
        rule:
          all:
            - kind: assignment
            - has: {field: left, kind: identifier, pattern: $NAME, regex: '^_?[A-Z][A-Z0-9_]*$'}
            - has: {field: right, pattern: $VALUE, regex: '^[\w\s.()*/+<-]{1,80}$'}
        ---
        id: py-new
        language: python
        metadata: {fact: new}
        rule: {pattern: $CLASS($$$ARGS)}
        constraints: {CLASS: {regex: '^[\w.]*$'}}
        ---
        id: py-object
        language: python
        metadata: {fact: object}
        rule:
          all:
            - kind: assignment
            - has: {field: left, kind: identifier, pattern: $NAME}
            - has: {field: right, pattern: $VALUE, any: [{kind: dictionary}, {kind: call, regex: '^dict\('}]}
        ---
        id: py-option
        language: python
        metadata: {fact: option}
        rule:
          any:
            - all:
                - kind: pair
                - has: {field: key, kind: string, pattern: $KEY}
                - has: {field: value, pattern: $VALUE}
            - all:
                - kind: keyword_argument
                - inside: {kind: argument_list, inside: {kind: call, regex: '^dict\('}}
                - has: {field: name, pattern: $KEY}
                - has: {field: value, pattern: $VALUE}
        ---
        id: py-option-assigned
        language: python
        metadata: {fact: assigned}
        rule: {any: [{pattern: '$OBJECT["$KEY"] = $VALUE'}]}
        constraints: {KEY: {regex: '^(max_size|origins|ping_interval|process_request)$'}}
        ---
        id: py-spread
        language: python
        metadata: {fact: spread}
        rule:
          all:
            - kind: dictionary_splat
            - inside: {kind: dictionary}
            - has: {pattern: $NAME}
        ---
        id: py-function
        language: python
        metadata: {fact: function}
        rule: {kind: function_definition, has: {field: name, pattern: $NAME}}
        ---
        id: py-handler-loop
        language: python
        metadata: {fact: handler}
        rule:
          all:
            - {kind: for_statement, pattern: $FUNCTION}
            - has: {field: left, pattern: $MESSAGE}
            - has: {field: right, pattern: $RECEIVER, not: {regex: 'connect\('}}
        ---
        id: py-handler-receive
        language: python
        metadata: {fact: handler}
        rule:
          all:
            - {kind: function_definition, pattern: $FUNCTION}
            - has: {pattern: $RECEIVER.recv($$$ARGS), stopBy: end}
        ---
        id: py-guard
        language: python
        metadata: {fact: guard}
        rule:
          all:
            - {kind: try_statement, has: {kind: except_clause}}
            - has: {field: body, pattern: $BODY}
        ---
        id: py-origin
        language: python
        metadata: {fact: origin}
        rule:
          any:
            - {kind: string, regex: '^[rbf]?["''][oO]rigin["'']$'}
            - {kind: attribute, regex: '\.origin$'}
            - {kind: identifier, regex: '(?i)^((is|check|verify|allowed?|trusted|valid|same|known)_origins?\w*|origin_?(is)?_?(ok|allowed|valid|trusted|check)\w*)$'}
        ---
        id: py-credential
        language: python
        metadata: {fact: credential}
        rule:
          any: [{kind: identifier}, {kind: string_content}]
          regex: '(?i)(auth|token|jwt|credential|passw|api[-_]?key|session|log_?in|sign_?in|cookie|bearer|ticket|hmac|secret)'
        ---
        id: py-refusal
        language: python
        metadata: {fact: refusal}
        rule: {any: [{kind: integer, regex: '^(401|403|1008)$'}, {kind: identifier, regex: '^(UNAUTHORIZED|FORBIDDEN|POLICY_VIOLATION)$'}]}
        ---
        id: py-ping
        language: python
        metadata: {fact: ping}
        rule: {any: [{pattern: $SOCKET.ping($$$ARGS)}, {kind: string_content, regex: '(?i)^(ping|heartbeat|keep-?alive|hb)$'}]}
        ---
        id: py-broadcast
        language: python
        metadata: {fact: broadcast}
        rule: {pattern: $CALLEE($$$ARGS)}
        constraints: {CALLEE: {regex: '(^|\.)broadcast$'}}
        ---
        id: py-task-per-message
        language: python
        message: a task for every message that is sent, and nobody waits for it; what a slow client does not take fills memory
        metadata: {rule: M06}
        rule:
          all:
            - pattern: $TASK($SOCKET.send($$$ARGS))
            - inside: {any: [{kind: expression_statement}, {kind: for_statement}]}
        constraints: {TASK: {regex: '(^|\.)(create_task|ensure_future)$'}}
        ---
        id: py-parse
        language: python
        metadata: {fact: parse}
        rule: {pattern: $JSON.loads($$$ARGS)}
        constraints: {JSON: {regex: '^(json|orjson|ujson|rapidjson|simplejson)$'}}
        ---
        id: py-blocking-in-coroutine
        language: python
        message: "$CALLEE() blocks the event loop: no other connection is served meanwhile, no Ping answered"
        metadata: {rule: L04}
        rule:
          all:
            - pattern: $CALLEE($$$ARGS)
            - inside: {stopBy: {any: [{kind: function_definition}, {kind: lambda}]}, kind: function_definition, regex: '^async'}
            - not: {inside: {kind: lambda, stopBy: {kind: function_definition}}}
        constraints:
          CALLEE: {regex: '^(time\.sleep|requests\.(get|post|put|patch|delete|head|request)|subprocess\.(run|call|check_call|check_output|getoutput)|os\.system|urllib\.request\.urlopen|httpx\.(get|post|put|delete|request)|input)$'}
        ---
        id: py-blocking
        language: python
        metadata: {fact: blocking}
        rule:
          all:
            - pattern: $CALLEE($$$ARGS)
            - inside: {stopBy: {any: [{kind: function_definition}, {kind: lambda}]}, kind: function_definition, not: {regex: '^async'}}
        constraints:
          CALLEE: {regex: '^(time\.sleep|requests\.(get|post|put|patch|delete|head|request)|subprocess\.(run|call|check_call|check_output|getoutput)|os\.system|urllib\.request\.urlopen|httpx\.(get|post|put|delete|request))$'}
        ---
        id: py-inflate
        language: python
        metadata: {fact: inflate}
        rule: {any: [{pattern: zlib.decompress($$$ARGS)}, {pattern: gzip.decompress($$$ARGS)}, {pattern: bz2.decompress($$$ARGS)}, {pattern: lzma.decompress($$$ARGS)}]}
        ---
        id: py-sink
        language: python
        metadata: {fact: sink}
        rule: {any: [{pattern: $SINK($VALUE)}, {pattern: '$SINK($VALUE, $$$REST)'}]}
        constraints: {SINK: {regex: '^(eval|exec|pickle\.loads|marshal\.loads|os\.system|subprocess\.(run|call|Popen|check_output))$'}}
        ---
        id: py-derived
        language: python
        metadata: {fact: derived}
        rule:
          all:
            - kind: assignment
            - has: {field: left, pattern: $NAME}
            - has: {field: right, pattern: $VALUE, regex: '(recv|loads|data|msg|message|event|payload|body|text|raw|decode)'}
        ---
        id: py-text
        language: python
        metadata: {fact: text}
        rule:
          kind: string
          not: {inside: {kind: expression_statement, inside: {any: [{kind: module}, {kind: block}]}}}
          regex: '(?i)wss?://|PRIVATE KEY-----|\b(AKIA|ASIA|AIza|gh[pos]_|sk_live_|xox[bp]-|eyJ[\w-]{6,}\.eyJ)'
        ---
        id: py-query
        language: python
        metadata: {fact: query}
        rule: {any: [{pattern: '$QUERY[$NAME]'}, {pattern: '$QUERY.get($NAME)'}, {pattern: '$QUERY.get($NAME, $DEFAULT)'}]}
        constraints:
          NAME: {regex: '(?i)^.(access_token|id_token|token|jwt|api_?key|auth|password|secret|session(_?id)?).$'}
          QUERY: {regex: '(?i)(params|query|parse_qs)'}
        ---
        id: py-comparison
        language: python
        metadata: {fact: comparison}
        rule: {any: [{pattern: $WANTED in $VALUE}, {pattern: $WANTED not in $VALUE}]}
        constraints: {VALUE: {regex: '(?i)origin'}}
        ---
        id: py-comparison-method
        language: python
        metadata: {fact: comparison}
        rule: {pattern: $VALUE.$HOW($WANTED)}
        constraints: {HOW: {regex: '^(startswith|endswith|find|count)$'}, VALUE: {regex: '(?i)origin'}}
        ---
        id: py-comparison-expression
        language: python
        metadata: {fact: comparison}
        rule: {pattern: 're.$HOW($EXPRESSION, $VALUE)'}
        constraints: {HOW: {regex: '^(match|search|fullmatch)$'}, VALUE: {regex: '(?i)origin'}}
        ---
        id: py-comparison-listed
        language: python
        metadata: {fact: comparison}
        rule:
          all:
            - pattern: re.$HOW($EXPRESSION)
            - inside: {kind: keyword_argument, regex: '^origins', stopBy: end}
        constraints: {HOW: {regex: '^compile$'}}
        ---
        id: py-retry
        language: python
        metadata: {fact: retry}
        rule:
          all:
            - {kind: while_statement}
            - has: {stopBy: end, all: [{pattern: $SLEEP($DELAY)}, {regex: '^((asyncio|time|trio|anyio)\.)?sleep\('}]}
            - has: {stopBy: end, kind: call, regex: '^(\w+\.)*connect\('}
        ---
        id: py-tls
        language: python
        message: the certificate of whoever answers is accepted
        metadata: {rule: S11}
        rule:
          any:
            - pattern: $CONTEXT.verify_mode = ssl.CERT_NONE
            - pattern: ssl._create_unverified_context($$$ARGS)
            - {kind: keyword_argument, regex: '^cert_reqs\s*=\s*ssl\.CERT_NONE$'}
        ---
        id: py-tls-name
        language: python
        message: a certificate of any name is accepted
        metadata: {rule: S11, unless: [certificateNone]}
        rule: {pattern: $CONTEXT.check_hostname = False}
        ---
        id: py-tls-none
        language: python
        metadata: {fact: certificateNone}
        rule: {pattern: $CONTEXT.verify_mode = ssl.CERT_NONE}
        """#)
}

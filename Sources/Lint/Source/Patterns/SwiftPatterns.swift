/// Swift: SwiftNIO's NIOWebSocket, and Foundation's URLSessionWebSocketTask.
extension PatternSheet {
    static let swift = make(
        #"""
        id: swift-comment
        language: swift
        metadata: {fact: comment}
        rule: {any: [{kind: comment}, {kind: multiline_comment}], regex: 'ws101:'}
        ---
        id: swift-import
        language: swift
        metadata: {fact: import}
        rule: {kind: import_declaration}
        ---
        id: swift-constant
        language: swift
        metadata: {fact: constant}
        rule:
          all:
            - {kind: property_declaration, regex: '\blet\b'}
            - has: {field: name, pattern: $NAME}
            - has: {field: value, pattern: $VALUE, regex: '^[\w\s.()*/+<-]{1,80}$'}
        ---
        id: swift-new
        language: swift
        metadata: {fact: new}
        rule:
          all:
            - {kind: call_expression}
            - has: {kind: simple_identifier, pattern: $CLASS, regex: '^NIO(Typed)?WebSocket(Server|Client)Upgrader$'}
        ---
        id: swift-option
        language: swift
        metadata: {fact: option}
        rule:
          all:
            - {kind: value_argument}
            - has: {field: name, pattern: $KEY, regex: '^(maxFrameSize|shouldUpgrade)$'}
            - has: {field: value, pattern: $VALUE}
        ---
        id: swift-fragments
        language: swift
        metadata: {fact: fragments}
        rule:
          all:
            - {kind: value_argument}
            - has: {field: name, pattern: $KEY, regex: '^maxAccumulatedFrameCount$'}
            - has: {field: value, pattern: $VALUE}
        ---
        id: swift-limit
        language: swift
        metadata: {fact: limit}
        rule:
          any:
            - pattern: $TASK.$KEY = $VALUE
            - all:
                - {kind: value_argument}
                - has: {field: name, pattern: $KEY, regex: '^maxAccumulatedFrameSize$'}
                - has: {field: value, pattern: $VALUE}
        constraints: {KEY: {regex: '^(maximumMessageSize|maxAccumulatedFrameSize)$'}}
        ---
        id: swift-task
        language: swift
        metadata: {fact: task}
        rule: {pattern: $SESSION.webSocketTask($$$ARGS)}
        ---
        id: swift-function
        language: swift
        metadata: {fact: function}
        rule: {kind: function_declaration, has: {field: name, pattern: $NAME}}
        ---
        id: swift-ping
        language: swift
        metadata: {fact: ping}
        rule:
          any:
            - {kind: simple_identifier, regex: '^sendPing$'}
            - all: [{kind: value_argument}, {regex: '^opcode\s*:\s*\.ping$'}]
            - {kind: line_str_text, regex: '(?i)^(ping|heartbeat|keep-?alive|hb)$'}
        ---
        id: swift-origin
        language: swift
        metadata: {fact: origin}
        rule: {any: [{kind: line_string_literal, regex: '^"[oO]rigin"$'}, {kind: simple_identifier, regex: '(?i)^((is|check|verify|allowed?|trusted|valid|same)Origins?\w*|origin(is)?(ok|allowed|valid|trusted)\w*)$'}]}
        ---
        id: swift-credential
        language: swift
        metadata: {fact: credential}
        rule:
          any: [{kind: simple_identifier}, {kind: line_str_text}]
          regex: '(?i)(auth|token|jwt|credential|passw|api[-_]?key|session|login|signIn|cookie|bearer|ticket|hmac|secret)'
        ---
        id: swift-pressure
        language: swift
        metadata: {fact: pressure}
        rule: {any: [{kind: simple_identifier, regex: '^(isWritable|channelWritabilityChanged|NIOAsyncChannel|executeThenClose|NIOAsyncChannelOutboundWriter)$'}, {kind: type_identifier, regex: '^(NIOAsyncChannel|NIOAsyncChannelOutboundWriter)$'}]}
        ---
        id: swift-write
        language: swift
        metadata: {fact: write}
        rule:
          all:
            - {kind: call_expression, regex: '^[\w.!?]+\.(writeAndFlush|write)\('}
            - inside: {kind: function_declaration, stopBy: end, regex: '^(override |public |private |internal )*func (channelRead|broadcast|send|publish|deliver)'}
            - not: {regex: 'opcode\s*:\s*\.(ping|pong|connectionClose)'}
        ---
        id: swift-blocking
        language: swift
        message: "$CALLEE on the event loop: no other connection of this loop is served meanwhile, no Ping answered"
        metadata: {rule: L04}
        rule:
          all:
            - {kind: call_expression, regex: '^(Thread\.sleep|sleep|usleep|[\w.]+\.wait|Data|String)\('}
            - any:
                - regex: '^(Thread\.sleep|sleep|usleep)\('
                - regex: '^[\w.]*([fF]uture|semaphore|group|promise)[\w.]*\.wait\('
                - regex: '^(Data|String)\(contentsOf'
            - inside: {kind: function_declaration, stopBy: end, regex: '^(override |public |private |internal )*func (channelRead|channelActive|handlerAdded|userInboundEventTriggered)'}
            - has: {any: [{kind: simple_identifier}, {kind: navigation_expression}], pattern: $CALLEE}
        ---
        id: swift-parse
        language: swift
        message: a message that is not what was expected traps, and the whole process ends
        metadata: {rule: D01, severity: error}
        rule: {kind: call_expression, regex: '^try!\s*\w*([jJ]son|JSON|[dD]ecoder)\w*(\(\))?\.(decode|jsonObject)\('}
        ---
        id: swift-tls
        language: swift
        message: the certificate of whoever answers is accepted
        metadata: {rule: S11}
        rule:
          any:
            - pattern: $CONFIGURATION.certificateVerification = .none
            - {kind: call_expression, regex: '^(\w+\.)?completionHandler\(\s*\.useCredential,\s*URLCredential\(trust'}
            - {kind: call_expression, regex: '^completionHandler\(\s*URLSession\.AuthChallengeDisposition\.useCredential,\s*URLCredential\(trust'}
        ---
        id: swift-listen
        language: swift
        metadata: {fact: listen}
        rule: {pattern: '$BOOTSTRAP.bind(host: $HOST, port: $PORT)'}
        ---
        id: swift-text
        language: swift
        metadata: {fact: text}
        rule:
          any: [{kind: line_string_literal}, {kind: multi_line_string_literal}]
          regex: '(?i)wss?://|PRIVATE KEY-----|\b(AKIA|ASIA|AIza|gh[pos]_|sk_live_|xox[bp]-|eyJ[\w-]{6,}\.eyJ)'
        ---
        id: swift-comparison
        language: swift
        metadata: {fact: comparison}
        rule: {pattern: $VALUE.$HOW($WANTED)}
        constraints: {HOW: {regex: '^(hasPrefix|hasSuffix|contains)$'}, VALUE: {regex: '(?i)origin'}}
        ---
        id: swift-retry
        language: swift
        metadata: {fact: retry}
        rule:
          any:
            - all:
                - pattern: '$QUEUE.asyncAfter(deadline: .now() + $DELAY) { $$$BODY }'
                - regex: '(?i)(re)?connect\w*\('
            - all:
                - {kind: while_statement}
                - has: {stopBy: end, any: [{pattern: 'Task.sleep(for: $DELAY)'}, {pattern: 'Task.sleep(nanoseconds: $DELAY)'}]}
                - has: {stopBy: end, kind: call_expression, regex: '(webSocketTask|[cC]onnect\w*)\('}
        """#)
}

import Wire

/// A 101 that is none.
struct BadAnswer: DemandRule {
    static let page = RulePage(
        "H02", "bad-101-headers", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §4.1", "RFC 6455 §4.2.2", "RFC 9110 §8.6"], lesson: 3,
        says: "A 101 lacks Upgrade: websocket or Connection: Upgrade, announces a body, or is no valid HTTP/1.1.",
        why: """
            Every browser fails the connection on it. Both fields hold between two neighbours only: a proxy removes \
            them, and must write its own.
            """,
        evidence: """
            Of every answer with status 101 to an opening handshake: Upgrade names websocket and nothing else, \
            Connection has the token Upgrade in its list, both without regard to case; there is neither \
            Content-Length nor Transfer-Encoding; the version is HTTP/1.1 or higher, and the head keeps to the \
            grammar.
            """,
        fix: "Answer with both fields, and let a library write the 101; in a proxy, turn the upgrade on.",
        snippets: [
            Snippet(
                .nginx,
                """
                location /chat {
                    proxy_pass http://backend;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection "upgrade";
                }
                """)
        ],
        exceptions: "A refusal needs none of it: it is an answer, and no finding.",
        examples: [
            .violates("no Upgrade") { scene in
                scene.open { $0.response("Upgrade", nil) }
                scene.fin(.client)
                scene.fin(.server)
            },
            .violates("Connection: close") { scene in
                scene.open { $0.response("Connection", "close") }
                scene.fin(.client)
                scene.fin(.server)
            },
            .violates("a length in a 101") { scene in
                scene.open { $0.response("Content-Length", "0") }
                scene.fin(.client)
                scene.fin(.server)
            },
            .complies("in other letters, in a list") { scene in
                scene.open { handshake in
                    handshake.response("Upgrade", "WebSocket")
                    handshake.response("Connection", "keep-alive, upgrade")
                }
                scene.end()
            },
            .tooLittle("the server never answers") { scene in
                scene.ask()
                scene.fin(.client)
                scene.fin(.server)
            },
        ])

    static let owned: Set<Demand.Rule> = [
        .upgradeAnswer, .connectionAnswer, .responseGrammar, .responseVersion, .responseBody,
    ]
}

/// HAProxy in front of several nodes, as a configuration of its own language.
package struct HAProxyConfiguration: Hashable, Sendable {
    /// Which node a new connection goes to.
    package enum Balance: String, CaseIterable, Sendable {
        /// The one with the fewest connections: right for connections that last, where taking turns is not.
        case least
        /// The one where the client was before, by a cookie. A WebSocket connection needs none of it, for it is one TCP
        /// connection; what a node remembers between two connections does.
        case sticky
        /// The one that the room in the path belongs to, by consistent hash: a room is on one node, and when a node goes,
        /// only its rooms move.
        case room
    }

    package struct Node: Hashable, Sendable {
        package let name: String
        package let address: HostPort

        package init(name: String, address: HostPort) {
            self.name = name
            self.address = address
        }
    }

    package var listen: HostPort
    package var nodes: [Node]
    package var balance: Balance
    /// Where HAProxy takes commands such as `set server nodes/n1 state drain`; nil for none.
    package var socketFile: String?
    package var maximumConnections = 20_000

    package init(listen: HostPort, nodes: [Node], balance: Balance, socketFile: String? = nil) {
        self.listen = listen
        self.nodes = nodes
        self.balance = balance
        self.socketFile = socketFile
    }

    package var text: String {
        """
        # HAProxy 2.4 or newer in front of \(nodes.count) nodes of ws101: \(balance.summary)
        global
            maxconn \(maximumConnections)
        \(socketFile.map { "    stats socket \($0) mode 600 level admin\n" } ?? "")
        defaults
            mode http
            timeout connect 3s
            # Until the opening handshake is over.
            timeout http-request 10s
            timeout client 30s
            timeout server 30s
            # From then on the connection is a tunnel. It ends after so long without a byte: the nodes ping every 20 s, so
            # only dead ones do.
            timeout tunnel 1h
            timeout client-fin 10s
            # A node that has just gone: the handshake is tried at another one, and the client notices nothing.
            retries 3
            option redispatch 1
            retry-on conn-failure empty-response 503

        frontend websocket
            bind \(listen)
            default_backend nodes

        backend nodes
        \(balance.lines.map { "    \($0)" }.joined(separator: "\n"))
            # A node that drains answers 404: it gets no new connections, and keeps those it has.
            option httpchk
            http-check send meth GET uri /health ver HTTP/1.1 hdr Host localhost
            http-check disable-on-404
            default-server check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
        \(nodes.map { "    " + line($0) }.joined(separator: "\n"))

        """
    }

    private func line(_ node: Node) -> String {
        "server \(node.name) \(node.address)" + (balance == .sticky ? " cookie \(node.name)" : "")
    }
}

extension HAProxyConfiguration.Balance {
    package var summary: String {
        switch self {
        case .least: "the node with the fewest connections"
        case .sticky: "the node where the client was before, by a cookie"
        case .room: "the node of the room in the path, by consistent hash"
        }
    }

    fileprivate var lines: [String] {
        switch self {
        case .least: ["balance leastconn"]
        case .sticky: ["balance leastconn", "cookie WS101NODE insert indirect nocache httponly"]
        case .room: ["balance uri path-only", "hash-type consistent"]
        }
    }
}

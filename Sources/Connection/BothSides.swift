package import Wire

/// One value for each endpoint of a connection.
package struct BothSides<Value> {
    package var client: Value
    package var server: Value

    package init(client: Value, server: Value) {
        self.client = client
        self.server = server
    }

    package init(_ value: Value) { self.init(client: value, server: value) }

    package subscript(side: Side) -> Value {
        get { side == .client ? client : server }
        _modify {
            if side == .client { yield &client } else { yield &server }
        }
    }
}

extension BothSides: Sendable where Value: Sendable {}
extension BothSides: Equatable where Value: Equatable {}
extension BothSides: Hashable where Value: Hashable {}

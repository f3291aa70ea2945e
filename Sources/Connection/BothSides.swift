public import Wire

/// One value for each endpoint of a connection.
@usableFromInline
package struct BothSides<Value> {
    @usableFromInline package var client: Value
    @usableFromInline package var server: Value

    @inlinable package init(client: Value, server: Value) {
        self.client = client
        self.server = server
    }

    @inlinable package init(_ value: Value) { self.init(client: value, server: value) }

    @inlinable package subscript(side: Side) -> Value {
        get {
            switch side {
            case .client: client
            case .server: server
            }
        }
        _modify {
            switch side {
            case .client: yield &client
            case .server: yield &server
            }
        }
    }
}

extension BothSides: Sendable where Value: Sendable {}
extension BothSides: Equatable where Value: Equatable {}
extension BothSides: Hashable where Value: Hashable {}

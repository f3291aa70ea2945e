/// A JSON Schema 2020-12, compiled: what a server demands of its clients' messages.
///
/// The keywords are those that `JSONSchemaCompiler` reads. Any other is an error when the schema is read, never a check that
/// silently is not made: that holds for `pattern` and `format` too, whose regular expressions could take a short message
/// exponential time.
package struct JSONSchema: Sendable {
    /// The schema, or a part of it.
    indirect enum Node: Hashable, Sendable {
        case always(Bool)
        case rules([Rule])
    }

    /// One keyword with its value.
    enum Rule: Hashable, Sendable {
        case type(Set<String>)
        case const(JSONValue)
        case oneOfValues([JSONValue])
        case number(NumberBound, Double)
        case length(CountBound, Int)
        case items(CountBound, Int)
        case properties(CountBound, Int)
        case required([String])
        case dependentRequired([String: [String]])
        case object(named: [String: Node], others: Node?)
        case propertyNames(Node)
        case array(prefix: [Node], others: Node?)
        case uniqueItems
        case all([Node])
        case any([Node])
        case one([Node])
        case not(Node)
        case condition(Node, then: Node?, otherwise: Node?)
        case reference(String)
    }

    enum NumberBound: String, Hashable, Sendable, CaseIterable {
        case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
    }

    enum CountBound: Hashable, Sendable { case least, most }

    /// Why a text is no schema that can be enforced.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// A JSON Pointer into the schema, RFC 6901; empty for the whole.
        package let place: String
        package let what: String
        package var description: String { "\(place.isEmpty ? "the schema" : place): \(what)" }
    }

    /// What a message breaks of it.
    package struct Breach: Hashable, Sendable, CustomStringConvertible {
        /// A JSON Pointer into the message; empty for the whole.
        package let place: String
        package let what: String
        package var description: String { "\(place.isEmpty ? "the message" : place) \(what)" }
    }

    let root: Node
    let definitions: [String: Node]

    package init(parsing text: String) throws(Fault) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: text)
        } catch {
            throw Fault(place: "", what: "no JSON, \(error)")
        }
        var compiler = JSONSchemaCompiler()
        (root, definitions) = try compiler.compile(value)
    }

    /// - Returns: The first breach; nil for a message that meets the schema.
    package func breach(in value: JSONValue) -> Breach? {
        JSONSchemaJudge(definitions: definitions, root: root).judge(value, root, at: "")
    }
}

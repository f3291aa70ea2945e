/// Reads a schema into rules. Every keyword is known, or an error.
struct JSONSchemaCompiler {
    private typealias Fault = JSONSchema.Fault

    private var references: [(place: String, name: String)] = []

    /// They say something to people and programs, and demand nothing.
    private static let annotations: Set = [
        "$id", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
    ]
    private static let types: Set = ["null", "boolean", "object", "array", "number", "integer", "string"]

    mutating func compile(
        _ value: JSONValue
    ) throws(JSONSchema.Fault) -> (root: JSONSchema.Node, definitions: [String: JSONSchema.Node]) {
        if case .string(let dialect)? = value["$schema"], dialect != "https://json-schema.org/draft/2020-12/schema" {
            throw Fault(place: "/$schema", what: "only https://json-schema.org/draft/2020-12/schema is understood")
        }
        var definitions: [String: JSONSchema.Node] = [:]
        if let defined = value["$defs"] {
            for (name, schema) in try object(defined, at: "/$defs").sorted(by: { $0.key < $1.key }) {
                definitions[name] = try node(schema, at: "/$defs/\(name)")
            }
        }
        let root = try node(value, at: "", isRoot: true)
        for (place, name) in references where name != "#" && definitions[name] == nil {
            throw Fault(place: place, what: "there is no #/$defs/\(name)")
        }
        try forbidCircles(root, definitions)
        return (root, definitions)
    }

    private mutating func node(
        _ value: JSONValue, at place: String, isRoot: Bool = false
    ) throws(JSONSchema.Fault) -> JSONSchema.Node {
        switch value {
        case .bool(let always): return .always(always)
        case .object(let fields):
            var rules: [JSONSchema.Rule] = []
            for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
                if isRoot, key == "$schema" || key == "$defs" { continue }
                if let rule = try rule(key, value, fields, at: "\(place)/\(key)") { rules.append(rule) }
            }
            return .rules(rules)
        case .null, .number, .string, .array: throw Fault(place: place, what: "a schema is an object, true or false")
        }
    }

    private mutating func rule(
        _ key: String, _ value: JSONValue, _ fields: [String: JSONValue], at place: String
    ) throws(JSONSchema.Fault) -> JSONSchema.Rule? {
        switch key {
        case "type": return .type(try typeNames(value, at: place))
        case "const": return .const(value)
        case "enum": return .oneOfValues(try array(value, at: place))
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
            return try bound(key, value, at: place)
        case "minLength": return .length(.least, try count(value, at: place))
        case "maxLength": return .length(.most, try count(value, at: place))
        case "minItems": return .items(.least, try count(value, at: place))
        case "maxItems": return .items(.most, try count(value, at: place))
        case "minProperties": return .properties(.least, try count(value, at: place))
        case "maxProperties": return .properties(.most, try count(value, at: place))
        case "required": return .required(try strings(value, at: place))
        case "dependentRequired":
            var names: [String: [String]] = [:]
            for (name, value) in try object(value, at: place) {
                names[name] = try strings(value, at: "\(place)/\(name)")
            }
            return .dependentRequired(names)
        case "uniqueItems": return try flag(value, at: place) ? .uniqueItems : nil
        default: return try applicator(key, value, fields, at: place)
        }
    }

    /// Keywords whose values are schemas.
    private mutating func applicator(
        _ key: String, _ value: JSONValue, _ fields: [String: JSONValue], at place: String
    ) throws(JSONSchema.Fault) -> JSONSchema.Rule? {
        switch key {
        case "properties", "additionalProperties":
            // Both belong together: one rule, made where the first of them stands.
            guard key == "additionalProperties" || fields["additionalProperties"] == nil else { return nil }
            return try objectRule(fields, at: String(place.dropLast(key.count + 1)))
        case "items", "prefixItems":
            guard key == "items" || fields["items"] == nil else { return nil }
            return try arrayRule(fields, at: String(place.dropLast(key.count + 1)))
        case "propertyNames": return .propertyNames(try node(value, at: place))
        case "allOf": return .all(try nodes(value, at: place))
        case "anyOf": return .any(try nodes(value, at: place))
        case "oneOf": return .one(try nodes(value, at: place))
        case "not": return .not(try node(value, at: place))
        case "if":
            let base = String(place.dropLast(3))
            let then = try fields["then"].map { value throws(JSONSchema.Fault) in try node(value, at: base + "/then") }
            let otherwise = try fields["else"].map { value throws(JSONSchema.Fault) in
                try node(value, at: base + "/else")
            }
            return .condition(try node(value, at: place), then: then, otherwise: otherwise)
        case "then", "else": return nil
        case "$ref": return .reference(try reference(value, at: place))
        case let key where JSONSchemaCompiler.annotations.contains(key): return nil
        default: throw Fault(place: place, what: unsupported(key))
        }
    }

    private func unsupported(_ key: String) -> String {
        switch key {
        case "pattern", "patternProperties", "format":
            "\(key) is not supported: a regular expression can take a short message exponential time; "
                + "enum, const, minLength and maxLength are"
        case "$schema", "$defs": "\(key) is supported at the top of the schema only"
        default: "the keyword \(key) is not supported, and would not be checked"
        }
    }

    private mutating func objectRule(
        _ fields: [String: JSONValue], at place: String
    ) throws(JSONSchema.Fault) -> JSONSchema.Rule {
        var named: [String: JSONSchema.Node] = [:]
        if let properties = fields["properties"] {
            for (name, schema) in try object(properties, at: place + "/properties") {
                named[name] = try node(schema, at: "\(place)/properties/\(name)")
            }
        }
        guard let others = fields["additionalProperties"] else { return .object(named: named, others: nil) }
        return .object(named: named, others: try node(others, at: place + "/additionalProperties"))
    }

    private mutating func arrayRule(
        _ fields: [String: JSONValue], at place: String
    ) throws(JSONSchema.Fault) -> JSONSchema.Rule {
        let prefix = try fields["prefixItems"].map { value throws(JSONSchema.Fault) in
            try nodes(value, at: place + "/prefixItems")
        }
        let others = try fields["items"].map { value throws(JSONSchema.Fault) in try node(value, at: place + "/items") }
        return .array(prefix: prefix ?? [], others: others)
    }

    /// `#`, or `#/$defs/NAME`.
    private mutating func reference(_ value: JSONValue, at place: String) throws(JSONSchema.Fault) -> String {
        guard case .string(let text) = value, text == "#" || text.hasPrefix("#/$defs/") else {
            throw Fault(place: place, what: "only # and #/$defs/NAME can be referred to")
        }
        let name = text == "#" ? "#" : String(text.dropFirst("#/$defs/".count))
        guard !name.contains("/"), !name.contains("~"), !name.contains("%") else {
            throw Fault(place: place, what: "only # and #/$defs/NAME can be referred to")
        }
        references.append((place, name))
        return name
    }
}

// MARK: - Values of keywords

extension JSONSchemaCompiler {
    private func typeNames(_ value: JSONValue, at place: String) throws(JSONSchema.Fault) -> Set<String> {
        let names: [String]
        if case .string(let name) = value { names = [name] } else { names = try strings(value, at: place) }
        for name in names where !JSONSchemaCompiler.types.contains(name) {
            throw Fault(place: place, what: "there is no type \(name)")
        }
        return Set(names)
    }

    private func bound(_ key: String, _ value: JSONValue, at place: String) throws(JSONSchema.Fault) -> JSONSchema.Rule
    {
        guard case .number(let number) = value, let bound = JSONSchema.NumberBound(rawValue: key),
            bound != .multipleOf || number > 0
        else { throw Fault(place: place, what: "is a number\(key == "multipleOf" ? " above 0" : "")") }
        return .number(bound, number)
    }

    private func count(_ value: JSONValue, at place: String) throws(JSONSchema.Fault) -> Int {
        guard case .number(let number) = value, let count = Int(exactly: number), count >= 0 else {
            throw Fault(place: place, what: "is a whole number, 0 or more")
        }
        return count
    }

    private func flag(_ value: JSONValue, at place: String) throws(JSONSchema.Fault) -> Bool {
        guard case .bool(let flag) = value else { throw Fault(place: place, what: "is true or false") }
        return flag
    }

    private func object(_ value: JSONValue, at place: String) throws(JSONSchema.Fault) -> [String: JSONValue] {
        guard case .object(let fields) = value else { throw Fault(place: place, what: "is an object") }
        return fields
    }

    private func array(_ value: JSONValue, at place: String) throws(JSONSchema.Fault) -> [JSONValue] {
        guard case .array(let items) = value, !items.isEmpty else {
            throw Fault(place: place, what: "is an array, not empty")
        }
        return items
    }

    private mutating func nodes(_ value: JSONValue, at place: String) throws(JSONSchema.Fault) -> [JSONSchema.Node] {
        var nodes: [JSONSchema.Node] = []
        for (index, item) in try array(value, at: place).enumerated() {
            nodes.append(try node(item, at: "\(place)/\(index)"))
        }
        return nodes
    }

    private func strings(_ value: JSONValue, at place: String) throws(JSONSchema.Fault) -> [String] {
        guard case .array(let items) = value else { throw Fault(place: place, what: "is an array of strings") }
        var strings: [String] = []
        for item in items {
            guard case .string(let string) = item else { throw Fault(place: place, what: "is an array of strings") }
            strings.append(string)
        }
        return strings
    }
}

// MARK: - Circles

extension JSONSchemaCompiler {
    /// A schema that refers to itself about the same value would be judged for ever.
    private func forbidCircles(
        _ root: JSONSchema.Node, _ definitions: [String: JSONSchema.Node]
    ) throws(JSONSchema.Fault) {
        for start in ["#"] + definitions.keys.sorted() {
            var seen: Set<String> = []
            var next = [start]
            while let name = next.popLast() {
                guard let node = name == "#" ? root : definitions[name] else { continue }
                for other in JSONSchemaCompiler.sameValue(node) {
                    if other == start {
                        let place = start == "#" ? "" : "/$defs/\(start)"
                        throw Fault(place: place, what: "it refers to itself about the same value")
                    }
                    if seen.insert(other).inserted { next.append(other) }
                }
            }
        }
    }

    /// What a node refers to about the very value that it judges.
    private static func sameValue(_ node: JSONSchema.Node) -> [String] {
        guard case .rules(let rules) = node else { return [] }
        return rules.flatMap { rule -> [String] in
            switch rule {
            case .reference(let name): [name]
            case .all(let nodes), .any(let nodes), .one(let nodes): nodes.flatMap(sameValue)
            case .not(let node): sameValue(node)
            case .condition(let node, let then, let otherwise):
                [node, then, otherwise].compactMap { $0 }.flatMap(sameValue)
            case .type, .const, .oneOfValues, .number, .length, .items, .properties, .required, .dependentRequired,
                .object, .propertyNames, .array, .uniqueItems:
                []
            }
        }
    }
}

/// Judges a value by a schema's rules, and tells the first that it breaks.
struct JSONSchemaJudge {
    typealias Breach = JSONSchema.Breach

    let definitions: [String: JSONSchema.Node]
    let root: JSONSchema.Node

    func judge(_ value: JSONValue, _ node: JSONSchema.Node, at place: String) -> Breach? {
        switch node {
        case .always(true): return nil
        case .always(false): return Breach(place: place, what: "must not be there")
        case .rules(let rules):
            for rule in rules {
                if let breach = judge(value, rule, at: place) { return breach }
            }
            return nil
        }
    }

    private func judge(_ value: JSONValue, _ rule: JSONSchema.Rule, at place: String) -> Breach? {
        switch rule {
        case .type, .const, .oneOfValues, .number, .length, .items, .properties, .uniqueItems:
            return plain(value, rule).map { Breach(place: place, what: $0) }
        case .required(let names):
            return missing(names, in: value).map { Breach(place: place, what: $0) }
        case .dependentRequired(let table):
            for (name, names) in table.sorted(by: { $0.key < $1.key }) where value[name] != nil {
                if let what = missing(names, in: value) { return Breach(place: place, what: "\(what) beside \(name)") }
            }
            return nil
        case .object, .propertyNames, .array: return inside(value, rule, at: place)
        case .all, .any, .one, .not, .condition, .reference: return combined(value, rule, at: place)
        }
    }

    private func missing(_ names: [String], in value: JSONValue) -> String? {
        guard case .object(let fields) = value else { return nil }
        return names.first { fields[$0] == nil }.map { "must have \($0)" }
    }

    /// Rules about the value alone.
    private func plain(_ value: JSONValue, _ rule: JSONSchema.Rule) -> String? {
        switch (rule, value) {
        case (.type(let names), _):
            isOf(names, value) ? nil : "must be \(names.sorted().joined(separator: " or ")), is \(value.typeName)"
        case (.const(let wanted), _): value == wanted ? nil : "must be the one value that is allowed"
        case (.oneOfValues(let wanted), _): wanted.contains(value) ? nil : "must be one of the values that are allowed"
        case (.number(let bound, let limit), .number(let number)): isWithin(number, bound, limit)
        case (.length(let bound, let limit), .string(let text)):
            within(text.unicodeScalars.count, bound, limit, "characters")
        case (.items(let bound, let limit), .array(let items)): within(items.count, bound, limit, "items")
        case (.properties(let bound, let limit), .object(let fields)): within(fields.count, bound, limit, "properties")
        case (.uniqueItems, .array(let items)):
            Set(items).count == items.count ? nil : "must have no item twice"
        default: nil  // a rule about another type
        }
    }

    private func isOf(_ names: Set<String>, _ value: JSONValue) -> Bool {
        if names.contains(value.typeName) { return true }
        // "any number with a zero fractional part" is an integer.
        if case .number(let number) = value, names.contains("integer") { return number.rounded() == number }
        return false
    }

    private func isWithin(_ number: Double, _ bound: JSONSchema.NumberBound, _ limit: Double) -> String? {
        switch bound {
        case .minimum: number >= limit ? nil : "must be at least \(JSONSchemaJudge.text(limit))"
        case .maximum: number <= limit ? nil : "must be at most \(JSONSchemaJudge.text(limit))"
        case .exclusiveMinimum: number > limit ? nil : "must be above \(JSONSchemaJudge.text(limit))"
        case .exclusiveMaximum: number < limit ? nil : "must be below \(JSONSchemaJudge.text(limit))"
        case .multipleOf:
            (number / limit).rounded() * limit == number ? nil : "must be a multiple of \(JSONSchemaJudge.text(limit))"
        }
    }

    private static func text(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }

    private func within(_ count: Int, _ bound: JSONSchema.CountBound, _ limit: Int, _ unit: String) -> String? {
        switch bound {
        case .least: count >= limit ? nil : "must have at least \(limit) \(unit)"
        case .most: count <= limit ? nil : "must have at most \(limit) \(unit)"
        }
    }

    /// Rules about what a value holds.
    private func inside(_ value: JSONValue, _ rule: JSONSchema.Rule, at place: String) -> Breach? {
        switch (rule, value) {
        case (.object(let named, let others), .object(let fields)):
            for (name, item) in fields.sorted(by: { $0.key < $1.key }) {
                guard let node = named[name] ?? others else { continue }
                if let breach = judge(item, node, at: "\(place)/\(JSONSchemaJudge.escaped(name))") { return breach }
            }
        case (.propertyNames(let node), .object(let fields)):
            for name in fields.keys.sorted() {
                let place = "\(place)/\(JSONSchemaJudge.escaped(name))"
                if let breach = judge(.string(name), node, at: place) {
                    return Breach(place: breach.place, what: "by its name \(breach.what)")
                }
            }
        case (.array(let prefix, let others), .array(let items)):
            for (index, item) in items.enumerated() {
                guard let node = index < prefix.count ? prefix[index] : others else { continue }
                if let breach = judge(item, node, at: "\(place)/\(index)") { return breach }
            }
        default: break
        }
        return nil
    }

    /// As it stands in a JSON Pointer, RFC 6901 §3.
    private static func escaped(_ name: String) -> String {
        String(name.flatMap { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) })
    }

    /// Rules made of schemas about the same value.
    private func combined(_ value: JSONValue, _ rule: JSONSchema.Rule, at place: String) -> Breach? {
        switch rule {
        case .all(let nodes): return nodes.lazy.compactMap { judge(value, $0, at: place) }.first
        case .any(let nodes):
            let isMet = nodes.contains { judge(value, $0, at: place) == nil }
            return isMet
                ? nil : Breach(place: place, what: "must meet at least one of \(nodes.count) schemas, meets none")
        case .one(let nodes):
            let met = nodes.count { judge(value, $0, at: place) == nil }
            return met == 1 ? nil : Breach(place: place, what: "must meet one of \(nodes.count) schemas, meets \(met)")
        case .not(let node):
            return judge(value, node, at: place) == nil
                ? Breach(place: place, what: "must not meet a schema, and does") : nil
        case .condition(let condition, let then, let otherwise):
            let branch = judge(value, condition, at: place) == nil ? then : otherwise
            return branch.flatMap { judge(value, $0, at: place) }
        case .reference(let name):
            guard let node = name == "#" ? root : definitions[name] else { return nil }
            return judge(value, node, at: place)
        case .type, .const, .oneOfValues, .number, .length, .items, .properties, .required, .dependentRequired, .object,
            .propertyNames, .array, .uniqueItems:
            return nil
        }
    }
}

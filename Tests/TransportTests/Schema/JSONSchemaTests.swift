import Testing
import Transport

/// The keywords of JSON Schema 2020-12 that are enforced, with its words on each; and those that are not, which are errors.
struct JSONSchemaTests {
    /// Of each schema values that meet it, and values that do not.
    static let vectors: [(schema: String, good: [String], bad: [String])] = [
        ("true", ["1", "null"], []),
        ("false", [], ["1", "null"]),
        (##"{"type":"integer"}"##, ["1", "-7", "1.0", "1e3"], ["1.5", "\"1\"", "null", "true"]),
        (##"{"type":["string","null"]}"##, ["\"\"", "null"], ["0", "[]", "{}"]),
        (##"{"const":{"a":[1]}}"##, [##"{"a":[1.0]}"##], [##"{"a":[2]}"##, "{}"]),
        (##"{"enum":["buy","sell"]}"##, ["\"buy\""], ["\"Buy\"", "null"]),
        (##"{"minimum":1,"maximum":3}"##, ["1", "3", "\"x\""], ["0.99", "3.01"]),
        (##"{"exclusiveMinimum":1,"exclusiveMaximum":3}"##, ["2"], ["1", "3"]),
        (##"{"multipleOf":0.5}"##, ["1.5", "0"], ["1.25"]),
        // "The length of a string instance is defined as the number of its characters as defined by RFC 8259".
        (##"{"minLength":1,"maxLength":2}"##, ["\"é\"", "\"😀😀\"", "7"], ["\"\"", "\"abc\""]),
        (
            ##"{"minItems":1,"maxItems":2,"uniqueItems":true}"##, ["[1]", "[1,\"1\"]", "{}"],
            ["[]", "[1,2,3]", "[1,1.0]"]
        ),
        (##"{"items":{"type":"number"}}"##, ["[]", "[1,2]", "\"x\""], ["[1,\"2\"]"]),
        (
            ##"{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}"##, ["[\"a\",1]", "[]"],
            ["[1]", "[\"a\",\"b\"]"]
        ),
        (##"{"prefixItems":[{"type":"string"}],"items":false}"##, ["[\"a\"]"], ["[\"a\",1]"]),
        (##"{"required":["op"]}"##, [##"{"op":1}"##, "[]"], ["{}"]),
        (##"{"properties":{"n":{"type":"number"}}}"##, [##"{"n":1,"m":"x"}"##, "{}"], [##"{"n":"1"}"##]),
        (##"{"properties":{"n":true},"additionalProperties":false}"##, [##"{"n":1}"##], [##"{"m":1}"##]),
        (##"{"additionalProperties":{"type":"null"}}"##, [##"{"m":null}"##], [##"{"m":1}"##]),
        (##"{"propertyNames":{"maxLength":2}}"##, [##"{"ab":1}"##], [##"{"abc":1}"##]),
        (##"{"minProperties":1,"maxProperties":1}"##, [##"{"a":1}"##], ["{}", ##"{"a":1,"b":2}"##]),
        (##"{"dependentRequired":{"a":["b"]}}"##, [##"{"a":1,"b":2}"##, ##"{"c":1}"##], [##"{"a":1}"##]),
        (##"{"allOf":[{"minimum":1},{"maximum":2}]}"##, ["1.5"], ["0", "3"]),
        (##"{"anyOf":[{"type":"null"},{"minimum":2}]}"##, ["null", "2"], ["1"]),
        (##"{"oneOf":[{"multipleOf":2},{"multipleOf":3}]}"##, ["4", "9"], ["6", "5"]),
        (##"{"not":{"type":"string"}}"##, ["1"], ["\"x\""]),
        (
            ##"{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}"##,
            [##"{"a":1,"b":1}"##, ##"{"c":1}"##], [##"{"a":1}"##, "{}"]
        ),
        (##"{"$ref":"#/$defs/n","$defs":{"n":{"type":"number"}}}"##, ["1"], ["\"1\""]),
        (
            ##"{"type":"object","properties":{"next":{"$ref":"#"}},"additionalProperties":false}"##,
            [##"{"next":{"next":{}}}"##], [##"{"next":{"next":1}}"##, ##"{"next":{"other":{}}}"##]
        ),
        (
            ##"{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"t","$comment":"c","default":1,"type":"null"}"##,
            ["null"], ["1"]
        ),
    ]

    @Test(arguments: vectors)
    func enforces(schema: String, good: [String], bad: [String]) throws {
        let schema = try JSONSchema(parsing: schema)
        for text in good { #expect(schema.breach(in: try JSONValue(parsing: text)) == nil, "\(text)") }
        for text in bad { #expect(schema.breach(in: try JSONValue(parsing: text)) != nil, "\(text)") }
    }

    @Test(arguments: [
        ##"{"pattern":"^a+$"}"##, ##"{"format":"email"}"##, ##"{"patternProperties":{}}"##, ##"{"contains":{}}"##,
        ##"{"unevaluatedProperties":false}"##, ##"{"minlength":1}"##, ##"{"dependentSchemas":{}}"##,
        ##"{"$anchor":"x"}"##,
        ##"{"$dynamicRef":"#x"}"##, ##"{"definitions":{}}"##, ##"{"properties":{"a":{"$defs":{}}}}"##,
        ##"{"$schema":"http://json-schema.org/draft-07/schema#"}"##, ##"{"$ref":"https://example.com/s.json"}"##,
        ##"{"$ref":"#/$defs/none"}"##, ##"{"$ref":"#/properties/a"}"##, ##"{"type":"int"}"##, ##"{"type":1}"##,
        ##"{"minimum":"1"}"##,
        ##"{"multipleOf":0}"##, ##"{"maxLength":-1}"##, ##"{"maxItems":1.5}"##, ##"{"required":"a"}"##,
        ##"{"enum":[]}"##, ##"{"allOf":[]}"##,
        ##"{"items":[{}]}"##, "1", "[]", "{", "", ##"{"$ref":"#"}"##,
        ##"{"$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"}]},"b":{"not":{"$ref":"#/$defs/a"}}}}"##,
    ])
    func refusesWhatItWouldNotEnforce(schema: String) {
        #expect(throws: JSONSchema.Fault.self) { try JSONSchema(parsing: schema) }
    }

    @Test func tellsWhereAndWhat() throws {
        let schema = try JSONSchema(
            parsing:
                ##"{"required":["op"],"properties":{"op":{"enum":["buy"]},"legs":{"items":{"properties":{"a/b":{"minimum":1}}}}}}"##
        )
        let told = try [##"{}"##, ##"{"op":"sell"}"##, ##"{"op":"buy","legs":[{},{"a/b":0}]}"##].map {
            schema.breach(in: try JSONValue(parsing: $0))?.description
        }
        #expect(
            told == [
                "the message must have op", "/op must be one of the values that are allowed",
                "/legs/1/a~1b must be at least 1",
            ])
        let fault = #expect(throws: JSONSchema.Fault.self) {
            try JSONSchema(parsing: ##"{"properties":{"mail":{"format":"email"}}}"##)
        }
        #expect(fault?.place == "/properties/mail/format" && fault?.what.contains("not supported") == true)
    }
}

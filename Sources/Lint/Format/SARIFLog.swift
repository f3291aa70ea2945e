/// The part of SARIF 2.1.0 that is written here; names and meaning are the standard's.
struct SARIFLog: Encodable {
    let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    struct Run: Encodable {
        let tool: Tool
        let invocations: [Invocation]
        let results: [Result]
        /// Columns count characters, not UTF-16 units.
        let columnKind = "unicodeCodePoints"
    }

    struct Tool: Encodable { let driver: Driver }

    struct Driver: Encodable {
        let name = "ws101"
        let version: String
        let rules: [Rule]
    }

    struct Rule: Encodable {
        let id: String
        let name: String
        let shortDescription: Text
        let fullDescription: Text
        let help: Help
        let helpUri: String?
        let defaultConfiguration: Configuration
        let properties: Properties

        struct Configuration: Encodable { let level: String }

        struct Properties: Encodable {
            let tags: [String]
            let precision: String
            /// Makes code scanning treat it as a matter of security: 0 to 10, as CVSS does.
            let securitySeverity: String?

            enum CodingKeys: String, CodingKey {
                case tags, precision
                case securitySeverity = "security-severity"
            }
        }
    }

    struct Help: Encodable {
        let text: String
        let markdown: String
    }

    struct Text: Encodable { let text: String }

    struct Invocation: Encodable {
        let executionSuccessful = true
        let exitCode: Int
    }

    struct Result: Encodable {
        let ruleId: String
        let ruleIndex: Int
        let kind: String
        let level: String
        let message: Text
        var locations: [Location]?
        var relatedLocations: [Location]?
        var occurrenceCount: Int?
        var partialFingerprints: [String: String]?
        var suppressions: [SuppressionRecord]?
        var properties: PlaceRecord?
    }

    struct SuppressionRecord: Encodable {
        let kind: String
        let justification: String
    }

    struct Location: Encodable {
        var id: Int?
        let physicalLocation: PhysicalLocation
        var logicalLocations: [LogicalLocation]?
        var message: Text?
    }

    struct PhysicalLocation: Encodable {
        let artifactLocation: Artifact
        var region: Region?

        struct Artifact: Encodable { let uri: String }
    }

    struct Region: Encodable {
        var startLine: Int?
        var startColumn: Int?
        var endLine: Int?
        var endColumn: Int?
        var byteOffset: Int?
        var byteLength: Int?
        var snippet: Text?
    }

    struct LogicalLocation: Encodable { let fullyQualifiedName: String }
}

import Foundation
import Yams

/// `Index NAME OUTPUT FILE…`: writes a Swift source with `enum EmbeddedNAME`, which holds the files. YAML is parsed here,
/// so that the program need not; what it gets is packed as `Packed` says. Anything else is embedded as it is.
@main
enum Main {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let name = arguments.first, let output = arguments.dropFirst().first else {
            fail("usage: Index NAME OUTPUT FILE…")
        }
        let entries = arguments.dropFirst(2).map { path in
            let url = URL(fileURLWithPath: path)
            return "        (\(Literal.of(url.lastPathComponent)), \(Literal.of(content(of: url)))),\n"
        }
        let source = """
            /// Made from the files that people write; see `Sources/Index`.
            enum Embedded\(name) {
                static let files: [(name: String, content: StaticString)] = [
            \(entries.joined())    ]
            }

            """
        do {
            try source.write(toFile: output, atomically: true, encoding: .utf8)
        } catch {
            fail("\(output): \(error)")
        }
    }

    private static func content(of url: URL) -> String {
        do {
            let text = try String(contentsOf: url, encoding: .utf8)
            guard url.pathExtension == "yaml" else { return text }
            guard let root = try Yams.compose(yaml: text) else { return Packed.nothing }
            return Packed.pack(root)
        } catch let error as YamlError {
            fail("\(url.path): \(error)")
        } catch {
            fail("\(url.path): \(error.localizedDescription)")
        }
    }

    private static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data("error: \(text)\n".utf8))
        exit(1)
    }
}

import Glibc
import Testing

@testable import Screen

/// A canvas as text, committed under `Screens/`; `WS101_UPDATE_SCREENS=1` writes what is drawn now.
enum ScreenFile {
    private static let folder = {
        let file = #filePath
        return String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
    }()

    nonisolated static var readmePath: String {
        let file = #filePath
        return String(file[..<(file.firstRange(of: "/Tests/")?.lowerBound ?? file.startIndex)]) + "/README.md"
    }

    nonisolated static var readme: String { read(readmePath) }

    static var isUpdating: Bool { getenv("WS101_UPDATE_SCREENS") != nil }

    static func expect(_ canvas: Canvas, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let path = folder + "/Screens/" + name + ".screen"
        let drawn = canvas.description
        if isUpdating {
            write(drawn, to: path)
            return
        }
        let expected = read(path).split(separator: "\n", omittingEmptySubsequences: false)
        let lines = drawn.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == expected.count, "\(name) has another height", sourceLocation: sourceLocation)
        for (index, (line, wanted)) in zip(lines, expected).enumerated() {
            #expect(line == wanted, "\(name), line \(index + 1)", sourceLocation: sourceLocation)
        }
    }

    nonisolated static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "w") else { return }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        fwrite(bytes, 1, bytes.count, file)
    }
}

import Foundation

/// Shows a text that may not fit on the screen, as git does: through `$PAGER`, or less.
enum Pager {
    static func show(_ text: String, on shape: TerminalShape) {
        let lines = text.utf8.count { $0 == 0x0a }
        if let rows = shape.rows, lines >= rows, page(text) { return }
        Output.write(Array(text.utf8), to: STDOUT_FILENO)
    }

    /// - Returns: false where there is no pager to be had.
    private static func page(_ text: String) -> Bool {
        var environment = ProcessInfo.processInfo.environment
        let asked = environment["PAGER"] ?? "less"
        guard !asked.isEmpty, asked != "cat" else { return false }
        // Colours as they are, and no pager's screen left behind.
        environment["LESS"] = environment["LESS"] ?? "FRX"
        let pipe = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", asked]
        process.environment = environment
        process.standardInput = pipe
        do {
            try process.run()
        } catch {
            return false
        }
        feed(Array(text.utf8), to: pipe.fileHandleForWriting.fileDescriptor)
        try? pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        // The shell's word for a command that it did not find.
        return process.terminationStatus != 127
    }

    /// A pager that is left early reads no more, which is nobody's fault.
    private static func feed(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
        }
    }
}

/// One thing that violates a rule, complies with it, or gives it too little evidence.
package struct Example: Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case violates, complies
        case tooLittle = "too little evidence"
    }

    package enum Matter: Sendable {
        case traffic(Scene)
        /// - Parameter name: A file name, which tells the language: "server.js", "server.py", "main.go", "nginx.conf".
        case source(name: String, text: String)
    }

    package let kind: Kind
    /// In a few words: "94 s of silence".
    package let title: String
    package let matter: Matter
    /// What the linter is told beforehand.
    package let settings: LintSettings

    package static func violates(
        _ title: String, settings: LintSettings = LintSettings(), _ write: (inout Scene) -> Void
    ) -> Example {
        Example(kind: .violates, title: title, matter: .traffic(Scene(write)), settings: settings)
    }

    package static func complies(
        _ title: String, settings: LintSettings = LintSettings(), _ write: (inout Scene) -> Void
    ) -> Example {
        Example(kind: .complies, title: title, matter: .traffic(Scene(write)), settings: settings)
    }

    package static func tooLittle(
        _ title: String, settings: LintSettings = LintSettings(), _ write: (inout Scene) -> Void
    ) -> Example {
        Example(kind: .tooLittle, title: title, matter: .traffic(Scene(write)), settings: settings)
    }

    package static func violates(_ title: String, source name: String, _ text: String) -> Example {
        Example(kind: .violates, title: title, matter: .source(name: name, text: text), settings: LintSettings())
    }

    package static func complies(_ title: String, source name: String, _ text: String) -> Example {
        Example(kind: .complies, title: title, matter: .source(name: name, text: text), settings: LintSettings())
    }
}

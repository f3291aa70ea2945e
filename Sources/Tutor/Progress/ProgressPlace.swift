import Foundation

/// Where the progress is kept.
package enum ProgressPlace {
    /// `$XDG_DATA_HOME/ws101/progress.sqlite`, or `~/.local/share` where that is not set or not absolute, as the XDG
    /// Base Directory Specification says.
    package static func standard(environment: [String: String]) -> String { folder(environment) + "/progress.sqlite" }

    /// Where imported quizzes are kept.
    package static func quizzes(environment: [String: String]) -> String { folder(environment) + "/quizzes" }

    private static func folder(_ environment: [String: String]) -> String {
        if let place = environment["XDG_DATA_HOME"], place.hasPrefix("/") { return place + "/ws101" }
        return (environment["HOME"] ?? NSHomeDirectory()) + "/.local/share/ws101"
    }
}

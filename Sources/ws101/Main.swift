import ArgumentParser
import Capture
import Foundation
import Transport
import Tutor

/// `ws101`: the one place where all rooms meet.
@main
enum Main {
    static func main() async {
        // A closed pipe (`ws101 show … | head`) is an answer of `write`, not a reason to die without a word.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try WS101.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            finish(error)
        }
    }

    /// Says what went wrong on standard error and leaves with the status that the README promises.
    private static func finish(_ error: any Error) -> Never {
        switch error {
        case let failure as Failure:
            Output.diagnostic(failure.description)
            exit(failure.status)
        case let error as TransportError:
            Output.diagnostic(Failure("\(error.what): \(error.why)", next: error.advice).description)
            exit(Failure.couldNot)
        case let error as CaptureError:
            Output.diagnostic("ws101: \(error)")
            exit(Failure.couldNot)
        case let error as ProgressError:
            Output.diagnostic("ws101: \(error)")
            exit(Failure.couldNot)
        case let error as ContentError:
            Output.diagnostic("ws101: \(error)")
            exit(Failure.couldNot)
        case let topic as Study.UnknownTopic:
            Output.diagnostic(topic.failure.description)
            exit(Failure.wrongUse)
        case let code as ExitCode:
            exit(code.rawValue)
        default:
            let message = WS101.fullMessage(for: error)
            if WS101.exitCode(for: error).isSuccess {
                Output.answer(message)
                exit(0)
            }
            Output.diagnostic(message)
            exit(Failure.wrongUse)
        }
    }
}

struct WS101: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ws101",
        abstract: "Learn, watch and lint WebSockets in the terminal.",
        discussion: """
            Without a subcommand: the screen, with a teaching server on 127.0.0.1 and demo traffic.

            Exit status: 0 fine, 1 a finding or a failed check, 2 wrong use, 3 could not do it, 4 a program is missing
            that this needs, 130 interrupted.
            """,
        version: Version.text,
        subcommands: [
            Watch.self, Serve.self, ProxyCommand.self, Connect.self, Show.self, LintCommand.self, Explain.self,
            Decode.self, Accept.self, LessonCommand.self, Quiz.self, Review.self, Interview.self, Progress.self,
            ReplayReviews.self,
            Lab.self, CertificateAuthority.self, Doctor.self,
        ],
        defaultSubcommand: Watch.self)
}

enum Version {
    static let number = "0.1.0"
    static let text = "ws101 \(number)"
}

import ArgumentParser
import Foundation

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what this machine has and lacks, and how to get what is missing.",
        discussion: "Exit status 1 when something that ws101 needs is missing; what is optional never fails.")

    func run() throws {
        let checks = Diagnosis.all()
        Output.answer(checks.map(\.line).joined(separator: "\n"))
        let broken = checks.count { $0.verdict == .broken }
        Output.answer(broken == 0 ? "\nEverything that ws101 needs is here." : "\n\(broken) to mend, see ✗ above.")
        if broken > 0 { throw ExitCode(Failure.failedCheck) }
    }
}

/// One line of `ws101 doctor`.
struct Diagnosis {
    enum Verdict { case good, optional, broken }

    let verdict: Verdict
    let subject: String
    let found: String
    /// What to do; shown unless all is well.
    var advice = ""

    var line: String {
        let sign =
            switch verdict {
            case .good: "✓"
            case .optional: "·"
            case .broken: "✗"
            }
        let head = " \(sign) \(subject.padding(toLength: 18, withPad: " ", startingAt: 0)) \(found)"
        return verdict == .good || advice.isEmpty ? head : head + "\n" + String(repeating: " ", count: 22) + advice
    }

    static func all() -> [Diagnosis] {
        [terminal(), locale(), colours(), port(), descriptors(), temporary()] + tools
    }

    private static func terminal() -> Diagnosis {
        let name = ProcessInfo.processInfo.environment["TERM"] ?? ""
        guard isatty(STDOUT_FILENO) == 1 else {
            return Diagnosis(
                verdict: .optional, subject: "terminal", found: "standard output is not a terminal",
                advice: "The screen needs one; every command prints plain lines without.")
        }
        guard !name.isEmpty, name != "dumb" else {
            return Diagnosis(
                verdict: .broken, subject: "terminal", found: "TERM is \(name.isEmpty ? "not set" : name)",
                advice: "export TERM=xterm-256color")
        }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return Diagnosis(verdict: .good, subject: "terminal", found: name)
        }
        let fits = size.ws_col >= 80 && size.ws_row >= 24
        return Diagnosis(
            verdict: fits ? .good : .optional, subject: "terminal", found: "\(name), \(size.ws_col)×\(size.ws_row)",
            advice: "The screen is made for 80×24 and more.")
    }

    private static func locale() -> Diagnosis {
        setlocale(LC_ALL, "")
        let codeset = nl_langinfo(Int32(CODESET)).map { String(cString: UnsafePointer($0)) } ?? ""
        return Diagnosis(
            verdict: codeset == "UTF-8" ? .good : .optional, subject: "locale", found: codeset,
            advice: "Arrows and lines are drawn in ASCII; for the real ones: export LC_ALL=C.UTF-8")
    }

    private static func colours() -> Diagnosis {
        let silent = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return Diagnosis(
            verdict: .good, subject: "colour", found: silent ? "off (NO_COLOR is set)" : "on; NO_COLOR=1 turns it off")
    }

    private static func port() -> Diagnosis {
        let free = LoopbackPort.isFree(WatchDefaults.port)
        return Diagnosis(
            verdict: free ? .good : .optional, subject: "port \(WatchDefaults.port)",
            found: free ? "free on 127.0.0.1" : "in use on 127.0.0.1",
            advice: "ws101 takes the next free port; ws101 serve --listen 127.0.0.1:PORT chooses one.")
    }

    private static func descriptors() -> Diagnosis {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return Diagnosis(verdict: .optional, subject: "open files", found: "unknown")
        }
        return Diagnosis(
            verdict: limit.rlim_cur >= 1024 ? .good : .optional, subject: "open files",
            found: "\(limit.rlim_cur) now, \(limit.rlim_max) at most",
            advice: "A connection takes one: ulimit -n 65536")
    }

    private static func temporary() -> Diagnosis {
        let folder = FileManager.default.temporaryDirectory.path
        var status = statvfs()
        guard access(folder, W_OK) == 0, statvfs(folder, &status) == 0 else {
            return Diagnosis(
                verdict: .broken, subject: "recordings", found: "\(folder) cannot be written",
                advice: "Set TMPDIR to a folder that can.")
        }
        let free = (UInt64(status.f_bavail) * UInt64(status.f_frsize)) >> 20
        return Diagnosis(
            verdict: free >= 256 ? .good : .optional, subject: "recordings",
            found: "\(folder), \(free.formatted()) MiB free",
            advice: "A live view keeps its payloads there; give --record FILE another place.")
    }

    /// Programs that nobody needs to watch or to learn, but that belong beside this one.
    private static var tools: [Diagnosis] {
        [
            tool("tshark", "tshark", "opens every recording of ws101 too"),
            tool("tcpdump", "tcpdump", "captures what ws101 show can read"),
            tool("node", "nodejs node-ws", "a peer to try: the ws package"),
            tool("python3", "python3 python3-websockets", "a peer to try: the websockets package"),
            tool("redis-server", "redis-server", "lets several nodes share rooms: ws101 lab scale"),
            tool("haproxy", "haproxy", "stands in front of several nodes: ws101 lab scale"),
        ]
    }

    private static func tool(_ name: String, _ packages: String, _ use: String) -> Diagnosis {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        // Daemons lie where only root looks by itself.
        let path = (folders.map(String.init) + ["/usr/sbin"]).map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
        return Diagnosis(
            verdict: path == nil ? .optional : .good, subject: name, found: path ?? "not here: \(use)",
            advice: "sudo apt-get install \(packages)")
    }
}

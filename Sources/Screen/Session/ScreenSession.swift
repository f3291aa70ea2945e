import CNcurses
package import Connection
import Dispatch
import Glibc
package import Inspector
package import Lint

/// Shows a log on the terminal until the person quits.
package final class ScreenSession {
    /// Why there is no screen.
    package enum Failure: Error, Hashable, CustomStringConvertible {
        case notATerminal
        /// TERM is not set, or names a terminal that nobody described.
        case unknownTerminal(String)

        package var description: String {
            switch self {
            case .notATerminal: "standard input and output are not both a terminal"
            case .unknownTerminal(let name):
                name.isEmpty ? "TERM is not set" : "TERM names a terminal that is not known here: \(name)"
            }
        }
    }

    private let log: Log
    private let status: () -> ScreenStatus
    private let clock: () -> Timestamp
    private let terminal: Terminal
    private var desk: Desk
    private let linter: Linter?
    private var lintVersion = -1
    private var decoder = KeyDecoder()
    private var sources: [any DispatchSourceProtocol] = []
    private var timer: (any DispatchSourceTimer)?
    private var isDrawScheduled = false
    private var lastDraw = DispatchTime(uptimeNanoseconds: 0)
    private var nextFindings = DispatchTime(uptimeNanoseconds: 0)
    private var finish: CheckedContinuation<Void, Never>?

    /// At most 60 redraws a second.
    private static let interval = DispatchTimeInterval.microseconds(16_667)
    /// Findings are looked at so often at most.
    private static let findingsInterval = DispatchTimeInterval.milliseconds(250)
    /// How long a redraw may look for rows that match a filter.
    private static let scanTime = DispatchTimeInterval.milliseconds(6)
    /// A sequence's bytes arrive together; an Esc alone is a key after this time.
    private static let escapeWait = DispatchTimeInterval.milliseconds(25)

    /// Takes the terminal over.
    /// - Parameters:
    ///   - status: Asked for at every redraw.
    ///   - clock: What time it is; of a recording that is complete, when it ended.
    ///   - environment: TERM, NO_COLOR, COLORFGBG, LANG and the like.
    ///   - course: Lessons and quizzes, where there are any, and what is opened first.
    package init(
        log: Log, linter: Linter? = nil, environment: [String: String], status: @escaping () -> ScreenStatus,
        clock: @escaping () -> Timestamp, course: ScreenCourse = ScreenCourse()
    ) throws(Failure) {
        self.log = log
        self.linter = linter
        self.status = status
        self.clock = clock
        do {
            terminal = try Terminal(environment: environment)
        } catch {
            switch error {
            case .notATerminal: throw .notATerminal
            case .unknown(let name): throw .unknownTerminal(name)
            }
        }
        desk = Desk(
            watch: Watch(log: log, now: clock(), timeZone: ScreenSession.secondsAheadOfUTC),
            lint: linter == nil ? nil : LintPlace())
        take(course)
    }

    private func take(_ course: ScreenCourse) {
        if let host = course.lessons {
            desk.learn = LearnPlace(host: host, log: log, timeZone: ScreenSession.secondsAheadOfUTC)
            host.didReport = { [weak self] report in
                self?.desk.learn?.receive(report)
                self?.scheduleDraw()
            }
        }
        if let learner = course.learner {
            desk.quiz = QuizPlace(learner: learner)
            desk.standing = StandingPlace(learner: learner)
        }
        desk.open(course.opensAt)
        if let notice = course.notice { desk.watch.notice = notice }
    }

    /// Returns when the person quits, the terminal goes away, or somebody asks the program to end. The terminal is as
    /// it was before.
    package func run() async {
        await withCheckedContinuation { continuation in
            finish = continuation
            begin()
        }
    }

    private func begin() {
        onReadable(STDIN_FILENO) { [weak self] in self?.readKeys() }
        onReadable(log.growth) { [weak self] in
            self?.log.acknowledge()
            self?.scheduleDraw()
        }
        on(SIGWINCH) { [weak self] in self?.scheduleDraw() }
        on(SIGTSTP) { [weak self] in self?.suspend() }
        on(SIGCONT) { [weak self] in self?.redraw() }
        for signal in [SIGTERM, SIGINT, SIGHUP] { on(signal) { [weak self] in self?.end() } }
        startTimer()
        draw()
    }

    private func end() {
        guard let finish else { return }
        self.finish = nil
        desk.learn?.close()
        timer?.cancel()
        for source in sources { source.cancel() }
        terminal.close()
        finish.resume()
    }

    // MARK: - Drawing

    private func scheduleDraw() {
        guard !isDrawScheduled, finish != nil else { return }
        isDrawScheduled = true
        DispatchQueue.main.asyncAfter(deadline: max(.now(), lastDraw + ScreenSession.interval)) { [weak self] in
            MainActor.assumeIsolated { self?.draw() }
        }
    }

    private func draw() {
        isDrawScheduled = false
        guard finish != nil else { return }
        lastDraw = .now()
        let deadline = lastDraw + ScreenSession.scanTime
        let isScanning = desk.scan { .now() > deadline }
        takeFindings()
        let size = terminal.size
        terminal.show(desk.draw(height: size.height, width: size.width, now: clock(), status: status()))
        if isScanning { scheduleDraw() }
    }

    /// Findings are copied only when there are new ones, and not with every frame that repeats one.
    private func takeFindings() {
        guard let linter, lastDraw >= nextFindings else { return }
        let version = linter.version
        guard version != lintVersion else { return }
        lintVersion = version
        nextFindings = lastDraw + ScreenSession.findingsInterval
        desk.take(linter.findings)
    }

    private func redraw() {
        terminal.resume()
        scheduleDraw()
    }

    /// Ages grow, and the status may change, while nothing else happens.
    private func startTimer() {
        let timer = DispatchSource.makeTimerSource(queue: .main)
        timer.schedule(deadline: .now() + 1, repeating: 1, leeway: .milliseconds(100))
        timer.setEventHandler { [weak self] in
            MainActor.assumeIsolated {
                guard let self else { return }
                self.linter?.pass(to: self.clock())
                self.scheduleDraw()
            }
        }
        timer.resume()
        self.timer = timer
    }

    // MARK: - Keys

    private func readKeys() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        guard count > 0 else {
            // The terminal is gone.
            if count == 0 || (errno != EINTR && errno != EAGAIN) { end() }
            return
        }
        handle(decoder.feed(buffer[..<count]))
        if decoder.isWaiting {
            DispatchQueue.main.asyncAfter(deadline: .now() + ScreenSession.escapeWait) { [weak self] in
                MainActor.assumeIsolated {
                    guard let self else { return }
                    self.handle(self.decoder.flush())
                }
            }
        }
    }

    private func handle(_ keys: [Key]) {
        for key in keys {
            if case .background(let red, let green, let blue) = key {
                terminal.background(isLight: Palette.isLight(red: red, green: green, blue: blue))
                continue
            }
            switch desk.handle(key) {
            case .quit: return end()
            case .suspend: suspend()
            case .redraw: terminal.resume()
            case nil: break
            }
        }
        if !keys.isEmpty { scheduleDraw() }
    }

    /// Stops like any other program at ^Z, and the job with it; goes on after `fg`.
    private func suspend() {
        terminal.suspend()
        cn_stop()
        redraw()
    }

    // MARK: - Sources

    private func onReadable(_ descriptor: Int32, _ handler: @escaping () -> Void) {
        start(DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main), handler)
    }

    private func on(_ number: Int32, _ handler: @escaping () -> Void) {
        signal(number, SIG_IGN)
        start(DispatchSource.makeSignalSource(signal: number, queue: .main), handler)
    }

    private func start(_ source: some DispatchSourceProtocol, _ handler: @escaping () -> Void) {
        source.setEventHandler { MainActor.assumeIsolated(handler) }
        source.resume()
        sources.append(source)
    }

    private static var secondsAheadOfUTC: Int {
        var now = time(nil)
        var local = tm()
        return localtime_r(&now, &local) == nil ? 0 : local.tm_gmtoff
    }
}

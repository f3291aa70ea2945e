/// How often a Ping is sent, and how long silence is borne, in seconds.
struct HeartbeatTimes {
    let interval: Double
    let patience: Double
    let part: SourceProgram.Part
    /// Where the patience is written.
    let bytes: Range<Int>

    /// Every wait for a sign of life that a program's own Pings should keep from running out.
    static func all(in program: SourceProgram) -> [HeartbeatTimes] {
        hooks(in: program)
            + intervals(in: program).prefix(1).flatMap { interval in
                waits(in: program).map {
                    HeartbeatTimes(interval: interval, patience: $0.seconds, part: $0.part, bytes: $0.bytes)
                }
            }
    }

    /// How often this program pings; empty where it does not, or where only a run shows it.
    static func intervals(in program: SourceProgram) -> [Double] {
        let functions = SourceFunctions(program)
        let timers = program.all("timer").compactMap { part, match -> Double? in
            guard !isTimeout(match), let delay = match["DELAY"]?.text,
                pings(match, functions, part)
            else { return nil }
            return program.constants.value(of: delay).map { $0 * scale(part.file) }
        }
        let options = SourceServer.all(in: program).compactMap { server -> Double? in
            guard server.library == .websockets else { return nil }
            return server.options["ping_interval"].map { program.constants.value(of: $0.text) } ?? 20
        }
        return Array(Set(timers + options).filter { $0 > 0 }).sorted()
    }

    /// Delays are milliseconds in JavaScript, seconds elsewhere.
    private static func scale(_ file: SourceFile) -> Double { file.language.isScript ? 1e-3 : 1 }

    /// Whether what the timer runs sends a Ping: written out there, around it, or in the function that it names.
    private static func pings(
        _ timer: SourceMatch, _ functions: SourceFunctions, _ part: SourceProgram.Part
    ) -> Bool {
        guard let function = timer["FUNCTION"] else {
            // A ticker: the function that makes it also pings.
            return part["function"].contains {
                $0.bytes.contains(timer.bytes.lowerBound) && !part.facts("ping", in: $0.bytes).isEmpty
            }
        }
        guard let start = functions.start(function, in: part) else { return false }
        return functions.reach(from: start).contains { !$0.facts("ping").isEmpty }
    }

    /// Timers that end a connection, and deadlines for reading.
    private static func waits(
        in program: SourceProgram
    ) -> [(seconds: Double, part: SourceProgram.Part, bytes: Range<Int>)] {
        let timers = program.all("timer").filter { part, match in
            guard isTimeout(match), let text = match["FUNCTION"]?.text else { return false }
            let ends = [".terminate(", ".close(", ".destroy("].contains { text.contains($0) }
            // One that is set together with a Ping waits for its Pong, and may be short.
            return ends && !isBesidePing(match, part)
        }
        return (timers + program.all("deadline")).compactMap { part, match in
            guard let delay = match["DELAY"]?.text, let value = program.constants.value(of: delay), value > 0 else {
                return nil
            }
            return (value * scale(part.file), part, match.bytes)
        }
    }

    private static func isTimeout(_ timer: SourceMatch) -> Bool {
        timer["TIMER"]?.text.hasSuffix("setTimeout") ?? false
    }

    private static func isBesidePing(_ timer: SourceMatch, _ part: SourceProgram.Part) -> Bool {
        let around = (part["timer"] + part["function"] + part["handler"]).filter {
            $0.bytes.contains(timer.bytes.lowerBound) && $0.bytes != timer.bytes
        }
        let nearest = around.min { $0.bytes.count < $1.bytes.count }
        return nearest.map { !part.facts("ping", in: $0.bytes).isEmpty } ?? false
    }

    /// react-use-websocket counts its `timeout` from the last message, whatever the `interval` of what it sends.
    private static func hooks(in program: SourceProgram) -> [HeartbeatTimes] {
        program.parts.filter { $0.imports.uses("react-use-websocket") }.flatMap { part in
            let options = part["option"]
            return options.compactMap { option -> HeartbeatTimes? in
                guard option["KEY"]?.text == "timeout", let patience = value(option, program),
                    let other = options.first(where: {
                        $0["KEY"]?.text == "interval" && abs($0.bytes.lowerBound - option.bytes.lowerBound) < 200
                    }), let interval = value(other, program)
                else { return nil }
                return HeartbeatTimes(
                    interval: interval / 1000, patience: patience / 1000, part: part, bytes: option.bytes)
            }
        }
    }

    private static func value(_ option: SourceMatch, _ program: SourceProgram) -> Double? {
        option["VALUE"].flatMap { program.constants.value(of: $0.text) }
    }
}

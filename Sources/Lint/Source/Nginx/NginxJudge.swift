/// L02: whether nginx cuts a silent connection before its heartbeat comes.
struct NginxJudge {
    /// What nginx does unless it is told otherwise.
    private static let usual = 60.0

    /// - Parameter interval: Of the heartbeat of the programs beside the configuration, in seconds; nil where it is not
    ///   known.
    func judge(_ files: [NginxFile], interval: Double?, _ report: inout SourceReport) {
        for file in files {
            for location in NginxLocation.all(in: file, files) { judge(location, interval, &report) }
        }
    }

    private func judge(_ location: NginxLocation, _ interval: Double?, _ report: inout SourceReport) {
        guard location.timeout != nil || !location.isOpen else {
            return report.skip("L02", "an include that is not in sight")
        }
        report.look(at: "L02")
        let limit = location.timeout?.seconds ?? Self.usual
        let shown = Words.duration(Int64(limit * 1e9))
        guard let interval else {
            guard location.timeout == nil else { return }
            return report.add(
                "L02", "forwards Upgrade without proxy_read_timeout: a connection is cut after \(shown) of silence",
                at: location.bytes, in: location.file)
        }
        guard interval > limit * report.threshold("L02", "share", 0.75) else { return }
        let beat = Words.duration(Int64(interval * 1e9))
        report.add(
            "L02", "a connection is cut after \(shown) of silence, and the server pings only every \(beat)",
            at: location.timeout?.bytes ?? location.bytes, in: location.timeout?.file ?? location.file,
            severity: interval >= limit ? .error : .warning)
    }
}

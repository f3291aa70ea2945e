import Wire

/// M08: libraries with published flaws.
struct LockfileJudge {
    func judge(_ lockfiles: [Lockfile], _ report: inout SourceReport) {
        let modules = Set(lockfiles.filter { $0.format == .goMod }.map { Self.folder(of: $0) })
        for lockfile in lockfiles where lockfile.format != .goSum || !modules.contains(Self.folder(of: lockfile)) {
            let entries = lockfile.entries
            guard !entries.isEmpty else {
                report.skip("M08", "no library that speaks WebSocket in the lockfiles")
                continue
            }
            report.look(at: "M08")
            for entry in entries { judge(entry, in: lockfile, &report) }
        }
    }

    private func judge(_ entry: Lockfile.Entry, in lockfile: Lockfile, _ report: inout SourceReport) {
        let flaws = KnownFlaw.flaws(of: entry.library, version: entry.version)
        guard let newest = flaws.first, let fixed = KnownFlaw.fixed(flaws, in: entry.version) else { return }
        let version = String(entry.version.prefix(20).drop { $0 == "v" })
        let ids = flaws.prefix(4).map(\.id).joined(separator: ", ")
        report.add(
            "M08", "\(newest.library) \(version): \(newest.says); mended in \(fixed) (\(ids))", at: entry.bytes,
            in: lockfile.file)
    }

    private static func folder(of lockfile: Lockfile) -> String {
        lockfile.file.name.split(separator: "/").dropLast().joined(separator: "/")
    }
}

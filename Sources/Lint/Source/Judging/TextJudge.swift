import Wire

/// S02, S06, D04: what stands in texts.
struct TextJudge: SourceJudge {
    func judge(_ program: SourceProgram, _ report: inout SourceReport) {
        let isRelevant = !Library.used(by: program).isEmpty
        for part in program.parts {
            for match in part["text"] {
                plaintext(match, part, &report)
                token(match, part, &report)
                if isRelevant { secret(match, part, &report) }
            }
        }
        guard isRelevant else { return }
        for (part, match) in program.all("query") {
            let key = (match["NAME"]?.text ?? "").filter { !"\"'`".contains($0) }
            report.add(
                "S02", "the server takes \"\(key)\" from the URL, and every access log keeps it", at: match.bytes,
                in: part)
        }
    }

    // MARK: S06

    private func plaintext(_ match: SourceMatch, _ part: SourceProgram.Part, _ report: inout SourceReport) {
        guard let start = match.text.range(ofFirst: "ws://"), !isPartOfWord(match.text, start) else { return }
        let rest = match.text[start...].dropFirst(5)
        let authority = rest.prefix { !"/?#\"'`\\ \n".contains($0) }
        guard !authority.isEmpty, !report.settings.traits.isTLSTerminated else { return }
        report.look(at: "S06")
        let address = authority.split(separator: "@").last.map(String.init) ?? ""
        if isBlank(address) {
            // The host is put in later; a page that was loaded over TLS knows that it needs "wss:".
            guard !part["text"].contains(where: { $0.text.contains("wss:") }), isCode(part) else { return }
        } else if Self.isHere(address) {
            return
        }
        let isSecret = match.text.firstMatch(of: Self.key) != nil || authority.contains("@")
        report.add(
            "S06",
            "ws://\(isBlank(address) ? "…" : address) is not encrypted\(isSecret ? ", and carries a secret" : "")",
            at: match.bytes, in: part, severity: part.file.isTest ? .note : isSecret ? .error : nil)
    }

    private func isPartOfWord(_ text: String, _ start: String.Index) -> Bool {
        start > text.startIndex && text[text.index(before: start)].isLetter
    }

    /// Whether the host is a placeholder.
    private func isBlank(_ address: String) -> Bool {
        address.hasPrefix("$") || address.hasPrefix("{") || address.hasPrefix("%")
    }

    private func isCode(_ part: SourceProgram.Part) -> Bool { part.file.language != .nginx }

    private static func isHere(_ address: String) -> Bool {
        let host = Origin.host(of: address)
        return Loopback.contains(host: host) || host == "0.0.0.0" || host == "::" || host.hasSuffix(".test")
            || host.hasSuffix(".invalid")
    }

    // MARK: S02

    private func token(_ match: SourceMatch, _ part: SourceProgram.Part, _ report: inout SourceReport) {
        let text = match.text
        let isURL = text.contains("ws://") || text.contains("wss://")
        if isURL, let found = text.firstMatch(of: Self.key) {
            report.add(
                "S02", "\"\(found.1)\" is sent in the URL: it ends in access logs and histories", at: match.bytes,
                in: part, severity: part.file.isTest ? .note : nil)
        } else if isURL, text.firstMatch(of: SourceMask.userInfo) != nil {
            report.add(
                "S02", "a name and password are sent in the URL: they end in access logs and histories",
                at: match.bytes, in: part, severity: part.file.isTest ? .note : nil)
        } else if isURL {
            report.look(at: "S02")
        }
    }

    private static var key: Regex<(Substring, Substring)> {
        /[?&]((?i:access_token|id_token|token|jwt|api_?key|auth|password|secret|session(?:_?id)?))=/
    }

    // MARK: D04

    private func secret(_ match: SourceMatch, _ part: SourceProgram.Part, _ report: inout SourceReport) {
        let text = Array(match.text.utf8)
        for hit in PayloadScan(text.span).hits {
            guard let kind = Self.kind(hit, text) else { continue }
            let start = match.bytes.lowerBound + hit.bytes.lowerBound
            report.add(
                "D04", "\(kind) stands in the source: whoever reads it has it", at: start..<(start + hit.bytes.count),
                in: part, severity: part.file.isTest ? .note : nil)
        }
    }

    private static func kind(_ hit: PayloadScan.Hit, _ text: [UInt8]) -> String? {
        let found = String(decoding: text[hit.bytes], as: UTF8.self)
        switch hit.kind {
        case .privateKey:
            // A text that only looks for keys has none behind the header.
            return text.count - hit.bytes.upperBound > 24 ? "a private key" : nil
        case .cloudKey: return found.hasSuffix("EXAMPLE") ? nil : "the access key \(Secret.masked(found))"
        case .webToken: return "the token \(Secret.masked(found))"
        case .stackTrace, .sourceLine, .databaseError, .namedSecret, .email, .card, .privateAddress: return nil
        }
    }
}

/// S04: an Origin is compared in a way that others' names get through.
struct OriginMatchJudge: SourceJudge {
    func judge(_ program: SourceProgram, _ report: inout SourceReport) {
        guard !Library.used(by: program).isEmpty else { return }
        for (part, match) in program.all("comparison") {
            guard let flaw = flaw(match) else { continue }
            report.add("S04", flaw, at: match.bytes, in: part)
        }
        if program.has("origin") { report.look(at: "S04") }
    }

    /// - Returns: nil where the comparison is exact, or is not of an Origin.
    private func flaw(_ match: SourceMatch) -> String? {
        let how = match["HOW"]?.text ?? "in"
        guard isOrigin(match["VALUE"]?.text ?? "origin") else { return nil }
        let wanted = match["WANTED"]?.text ?? ""
        switch how {
        case "startsWith", "startswith", "HasPrefix", "hasPrefix":
            return "an Origin that only begins with \(shown(wanted)) passes, such as good.example.evil.example"
        case "endsWith", "endswith", "HasSuffix", "hasSuffix":
            let text = wanted.filter { !"\"'`".contains($0) }
            guard !text.hasPrefix("."), !text.contains("://") else { return nil }
            return "an Origin that only ends with \(shown(wanted)) passes, such as https://evil\(plain(text))"
        case "includes", "indexOf", "search", "contains", "Contains", "Index", "find", "count", "in":
            return "an Origin that has \(shown(wanted)) anywhere in it passes"
        case "fullmatch", "compile": return expression(match["EXPRESSION"]?.text ?? wanted, isWhole: true)
        default: return expression(match["EXPRESSION"]?.text ?? wanted, isWhole: false)
        }
    }

    private func isOrigin(_ value: String) -> Bool {
        let words = Set(SourceText.words(of: value))
        // A list of what is allowed is searched for the whole Origin.
        let isList = !words.isDisjoint(with: [
            "allowed", "allow", "list", "origins", "trusted", "known", "permitted", "valid",
        ])
        return words.contains("origin") && !isList
    }

    private func expression(_ expression: String, isWhole: Bool) -> String? {
        let body = expression.filter { !"\"'`".contains($0) }
        if body.firstMatch(of: /[A-Za-z0-9]\.[A-Za-z]/) != nil,
            body.contains("/") || body.contains("^") || body.contains("http")
        {
            return "the dot in \(shown(expression)) stands for any character: goodXexample passes for good.example"
        }
        let isWhole = isWhole || body.contains("^") && body.contains("$")
        return isWhole || body.isEmpty
            ? nil : "\(shown(expression)) fits a part of the Origin: more than was meant passes"
    }

    private func shown(_ text: String) -> String { String(text.prefix(60)) }
    private func plain(_ text: String) -> String { String(text.prefix(40)) }
}

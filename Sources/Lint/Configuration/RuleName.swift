/// Rules as people name them: by code, by slug, or a whole area by its letter.
package enum RuleName {
    /// A name that no rule has.
    package struct Unknown: Error, Hashable, CustomStringConvertible {
        package let name: String
        package let suggestion: String?

        package var description: String {
            "there is no rule \(name)" + (suggestion.map { "; did you mean \($0)?" } ?? "")
        }
    }

    /// - Parameter name: "L01", "no-heartbeat", or "L" for all of that area; in any case of letters.
    package static func codes(_ name: String) throws(Unknown) -> Set<RuleCode> {
        let wanted = name.lowercased()
        let found = pages.filter { page in
            let code = page.code.rawValue.lowercased()
            return code == wanted || page.slug == wanted || (wanted.count == 1 && code.hasPrefix(wanted))
        }
        guard found.isEmpty else { return Set(found.map(\.code)) }
        throw Unknown(name: name, suggestion: Closest.to(name, in: pages.flatMap { [$0.code.rawValue, $0.slug] }))
    }

    /// - Parameter name: "L01" or "no-heartbeat".
    package static func page(_ name: String) throws(Unknown) -> RulePage {
        let codes = try codes(name)
        guard name.count > 1, let code = codes.first, let page = AllRules.rule(code)?.page else {
            throw Unknown(name: name, suggestion: nil)
        }
        return page
    }

    private static let pages = AllRules.list.map { $0.page }
}

import Lint

/// One item of QTI 2.1.
struct QTIItem {
    private let item: QuizItem

    init(_ item: QuizItem) { self.item = item }

    var xml: String {
        let parts = interaction
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="\(item.id)" title="\(XMLText.escape(item.id))" adaptive="false" timeDependent="false">
            \(parts.declarations.joined(separator: "\n"))
              <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
              <outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>
              <itemBody>
            \(stem)\(parts.body)
              </itemBody>
              <responseProcessing>
            \(parts.processing)
                <setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">shown</baseValue></setOutcomeValue>
              </responseProcessing>
              <modalFeedback outcomeIdentifier="FEEDBACK" identifier="shown" showHide="show">\(feedback)</modalFeedback>
            </assessmentItem>

            """
    }

    private var stem: String {
        let blocks = [item.context, item.bytes].compactMap { $0 }.map { "    <pre>\(XMLText.escape($0))</pre>\n" }
        return blocks.joined()
    }

    /// The full correction, for every answer.
    private var feedback: String {
        let whys = item.body.choices.map { "\($0.text): \($0.why)" } + item.body.wrong.map { "\($0.answer): \($0.why)" }
        return XMLText.escape(
            ([item.explanation] + whys + [item.references.joined(separator: ", ")]).joined(separator: " "))
    }

    private struct Parts {
        var declarations: [String]
        var body: String
        var processing: String
    }

    private var interaction: Parts {
        switch item.body {
        case .single(let choices), .predict(let choices): self.choices(choices, isMany: false)
        case .multiple(let choices), .trueFalse(let choices): self.choices(choices, isMany: true)
        case .number(let number): typed([NumberText.write(number.answer)], gap: number.unit)
        case .hex(let hex): typed([HexText.write(hex.answer), HexText.write(hex.answer).filter { $0 != " " }], gap: "")
        case .order(let steps): order(steps)
        case .match(let pairs): match(pairs)
        case .fill(let fill): self.fill(fill)
        case .free: essay
        }
    }

    private var prompt: String { "<prompt>\(XMLText.escape(item.question))</prompt>" }

    private func choices(_ choices: [QuizChoice], isMany: Bool) -> Parts {
        let right = choices.indices.filter { choices[$0].isRight }
        let rows = choices.enumerated().map {
            "      <simpleChoice identifier=\"c\($0)\">\(XMLText.escape($1.text))</simpleChoice>"
        }
        return Parts(
            declarations: [
                declaration("RESPONSE", isMany ? "multiple" : "single", "identifier", right.map { "c\($0)" })
            ],
            body: """
                    <choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="\(isMany ? 0 : 1)">
                      \(prompt)
                \(rows.joined(separator: "\n"))
                    </choiceInteraction>
                """, processing: QTIItem.match(["RESPONSE"]))
    }

    private func order(_ steps: [String]) -> Parts {
        let shown = steps.enumerated().sorted { $0.element < $1.element }
        let rows = shown.map {
            "      <simpleChoice identifier=\"c\($0.offset)\">\(XMLText.escape($0.element))</simpleChoice>"
        }
        return Parts(
            declarations: [declaration("RESPONSE", "ordered", "identifier", steps.indices.map { "c\($0)" })],
            body: """
                    <orderInteraction responseIdentifier="RESPONSE" shuffle="true">
                      \(prompt)
                \(rows.joined(separator: "\n"))
                    </orderInteraction>
                """, processing: QTIItem.match(["RESPONSE"]))
    }

    private func match(_ pairs: [QuizPair]) -> Parts {
        func set(_ side: String, _ texts: [String]) -> String {
            let rows = texts.enumerated().map {
                "        <simpleAssociableChoice identifier=\"\(side)\($0)\" matchMax=\"1\">\(XMLText.escape($1))</simpleAssociableChoice>"
            }
            return "      <simpleMatchSet>\n\(rows.joined(separator: "\n"))\n      </simpleMatchSet>"
        }
        return Parts(
            declarations: [declaration("RESPONSE", "multiple", "directedPair", pairs.indices.map { "l\($0) r\($0)" })],
            body: """
                    <matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="\(pairs.count)">
                      \(prompt)
                \(set("l", pairs.map(\.left)))
                \(set("r", pairs.map(\.right)))
                    </matchInteraction>
                """, processing: QTIItem.match(["RESPONSE"]))
    }

    private func typed(_ accepted: [String], gap unit: String) -> Parts {
        Parts(
            declarations: [text("RESPONSE", accepted)],
            body: """
                    <p>\(XMLText.escape(item.question))</p>
                    <p><textEntryInteraction responseIdentifier="RESPONSE"/> \(XMLText.escape(unit))</p>
                """, processing: QTIItem.mapping(["RESPONSE"]))
    }

    private func fill(_ fill: QuizFill) -> Parts {
        let names = Dictionary(fill.blanks.enumerated().map { ($1.name, "RESPONSE\($0)") }) { first, _ in first }
        // The text is escaped first: what stands in the gaps is markup.
        let text = FillText.filling(XMLText.escape(fill.text)) {
            "<textEntryInteraction responseIdentifier=\"\(names[$0] ?? "RESPONSE0")\"/>"
        }
        return Parts(
            declarations: fill.blanks.enumerated().map { self.text("RESPONSE\($0)", $1.accepted) },
            body: """
                    <p>\(XMLText.escape(item.question))</p>
                    <p>\(text)</p>
                """, processing: QTIItem.mapping(fill.blanks.indices.map { "RESPONSE\($0)" }))
    }

    private var essay: Parts {
        Parts(
            declarations: [
                "  <responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"string\"/>"
            ],
            body: """
                    <extendedTextInteraction responseIdentifier="RESPONSE" expectedLines="6">
                      \(prompt)
                    </extendedTextInteraction>
                """,
            processing:
                "    <setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">0</baseValue></setOutcomeValue>"
        )
    }

    private func declaration(_ name: String, _ cardinality: String, _ type: String, _ values: [String]) -> String {
        let right = values.map { "<value>\(XMLText.escape($0))</value>" }.joined()
        return """
              <responseDeclaration identifier="\(name)" cardinality="\(cardinality)" baseType="\(type)">
                <correctResponse>\(right)</correctResponse>
              </responseDeclaration>
            """
    }

    private func text(_ name: String, _ accepted: [String]) -> String {
        let entries = accepted.map {
            "<mapEntry mapKey=\"\(XMLText.escape($0))\" mappedValue=\"1\" caseSensitive=\"false\"/>"
        }
        return """
              <responseDeclaration identifier="\(name)" cardinality="single" baseType="string">
                <correctResponse><value>\(XMLText.escape(accepted.first ?? ""))</value></correctResponse>
                <mapping defaultValue="0">\(entries.joined())</mapping>
              </responseDeclaration>
            """
    }

    /// 1 where every response is the correct one.
    private static func match(_ names: [String]) -> String {
        let tests = names.map { "<match><variable identifier=\"\($0)\"/><correct identifier=\"\($0)\"/></match>" }
        return """
                <responseCondition>
                  <responseIf>\(tests.joined())<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf>
                  <responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue></responseElse>
                </responseCondition>
            """
    }

    /// A point for every gap.
    private static func mapping(_ names: [String]) -> String {
        let points = names.map { "<mapResponse identifier=\"\($0)\"/>" }.joined()
        return "    <setOutcomeValue identifier=\"SCORE\"><sum>\(points)</sum></setOutcomeValue>"
    }
}

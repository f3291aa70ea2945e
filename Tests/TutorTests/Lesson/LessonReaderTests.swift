import Testing
import Tutor

struct LessonReaderTests {
    static let head = """
        ---
        lesson: 1
        prefix: t
        title: Test
        minutes: 5
        about: A lesson for tests.
        ---

        """

    static func read(_ body: String) -> LessonReader.Result {
        LessonReader.read(Array((head + body).utf8), file: "01-test.md")
    }

    @Test func aStepIsReadFromTopToBottom() throws {
        let result = LessonReaderTests.read(
            """
            Opening with *stress*, `code` and [a link](https://a.example).

            ## First {#t-first}

            ```step
            learned: Something.
            outline: [1.protocol]
            ```

            | a | b |
            |---|--:|
            | 1 | 2 |

            ```js
            let a = 1
            ```

            ```question
            id: t-first-q
            ask: How many?
            number: 6
            unit: bytes
            ```
            """)
        #expect(result.faults.isEmpty)
        let lesson = try #require(result.lesson)
        #expect(lesson.steps.map(\.id) == ["t-first"])
        #expect(
            lesson.opening == [
                .paragraph([
                    TextRun("Opening with "), TextRun("stress", style: .emphasis), TextRun(", "),
                    TextRun("code", style: .code), TextRun(" and "), TextRun("a link", link: "https://a.example"),
                    TextRun("."),
                ])
            ])
        let items = lesson.steps[0].items
        #expect(items.count == 3)
        guard case .text(.table(let table)) = items[0], case .text(.code("js", "let a = 1\n")) = items[1],
            case .question(let question) = items[2]
        else {
            Issue.record("not as it was written: \(items)")
            return
        }
        #expect(table.alignments == [.left, .right])
        #expect(table.rows == [[[TextRun("1")], [TextRun("2")]]])
        #expect(question.kind == .number(6, unit: "bytes", tolerance: 0))
    }

    @Test(
        "A fault names file, line and column",
        arguments: [
            ("## No id\n\n```step\nlearned: x\n```\n", 8, 1, "the step has no id"),
            ("## A {#t-a}\n\ntext\n", 8, 1, "no ```step block"),
            ("## A {#t-a}\n\n```step\nlearnt: x\n```\n", 11, 1, "no key \"learnt\""),
            ("## A {#t-a}\n\n```question\nid: t-q\nask: a: b\nnumber: 1\n```\n", 12, 7, "this is no YAML"),
            ("## A {#t-a}\n\n```question\nid: t-q\nask: x\nnumber: six\n```\n", 13, 9, "must be a number"),
            (
                "## A {#t-a}\n\n```question\nid: t-q\nask: x\noptions:\n  - text: a\n    why: b\n```\n", 14, 3,
                "two options at least"
            ),
            (
                "## A {#t-a}\n\n```lab\nid: t-l\ntitle: x\ntask: x\nstage:\n  - hand: raw\nsolution: |\n  x\nchecks:\n"
                    + "  - check: seen texts\n    why: x\n    ref: §5\n```\n",
                19, 12, "is no kind of event"
            ),
            (
                "## A {#t-a}\n\n```lab\nid: t-l\ntitle: x\ntask: x\nstage:\n  - hand: raw\nsolution: |\n  x\nchecks:\n"
                    + "  - check: seen text on me\n    why: x\n    ref: §5\n```\n",
                19, 12, "\"me\" is nobody on this stage"
            ),
            ("## A {#t-a}\n\n```bytes\nfrom: client\nhex: 8\npiece: yes\n```\n", 12, 6, "has no partner"),
            ("# Title\n", 8, 1, "steps begin with ##"),
        ])
    func faults(_ body: String, _ line: Int, _ column: Int, _ what: String) {
        let faults = LessonReaderTests.read(body).faults
        let fault = faults.first { $0.what.contains(what) }
        #expect(fault != nil, "\(faults)")
        #expect(fault?.line == line)
        #expect(fault?.column == column)
        #expect(fault?.description.hasPrefix("01-test.md:\(line):\(column): ") ?? false)
    }

    @Test(
        "What is no lesson is told",
        arguments: [
            (Array("no front matter".utf8), "must begin with front matter"), ([0xff, 0xfe], "is not in UTF-8"),
            (Array(repeating: UInt8(ascii: "a"), count: 2 << 20), "larger than any lesson"),
            (Array("---\nlesson: x\n---\n".utf8), "lacks the key"), ([], "must begin with front matter"),
        ])
    func noLesson(_ bytes: [UInt8], _ what: String) {
        let result = LessonReader.read(bytes, file: "x.md")
        #expect(result.lesson == nil)
        #expect(result.faults.contains { $0.what.contains(what) }, "\(result.faults)")
    }
}

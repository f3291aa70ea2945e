import Testing
import Tutor

struct LessonCheckTests {
    private static let catalogue = LessonCheck.Catalogue(
        outline: [("1.protocol", "It is a protocol")],
        misconceptions: ["M01"], concepts: ["definition"], sources: ["RFC 7692": ["7.2.1"]])

    private static func faults(_ step: String, words: SpellingList? = nil) -> [String] {
        let text = LessonReaderTests.head + "## A {#t-a}\n\n```step\nlearned: x\n```\n\n" + step
        let result = LessonReader.read(Array(text.utf8), file: "01-test.md")
        guard let lesson = result.lesson else { return result.faults.map(\.what) }
        return
            (result.faults + LessonCheck.faults(lesson, text: text, catalogue: catalogue, words: words)).map(\.what)
    }

    private static let question = "\n\n```question\nid: t-q\nask: x\nnumber: 6\n```\n"
    private static let lab =
        "\n\n```lab\nid: t-l\ntitle: x\ntask: x\nstage:\n  - server: echo\n  - hand: client\nsolution: |\n  hello\n"
        + "checks:\n  - check: seen client text\n    why: x\n    ref: RFC 6455 §5.6\n```\n"

    @Test(
        "Good steps have no faults",
        arguments: [
            "Text, RFC 6455 §5.2, §5.3 and RFC 7692 §7.2.1." + question,
            "```bytes\nfrom: client\nframes: [text \"Hello\" mask=37fa213d]\nhex: 81 85 37 fa 21 3d 7f 9f 4d 51 58\n```\n\n"
                + "The bytes 7f 9f 4d 51 are masked." + question,
            "Key `dGhlIHNhbXBsZSBub25jZQ==` gives `s3pPLMBiTxaQ9kYGzzhZRbK+xOo=`." + question,
            "Text." + lab + "\n```hints\n- Say it.\n- Say it as a text.\n- \"Type the greeting: hello\"\n```\n",
        ])
    func good(_ step: String) { #expect(LessonCheckTests.faults(step).isEmpty, "\(LessonCheckTests.faults(step))") }

    @Test(
        "What is wrong is found",
        arguments: [
            ("Only text.", "asks nothing and has no lab"),
            ("See §5.9." + question, "RFC 6455 has no section 5.9"),
            ("See RFC 7692 §9." + question, "RFC 7692 §9 is not among"),
            ("See RFC 1 §1." + question, "RFC 1 is no source"),
            (
                "```bytes\nfrom: client\nframes: [text \"Hello\" mask=37fa213d]\nhex: 81 85 37 fa 21 3d 7f 9f 4d 51 59\n```"
                    + question, "differ from byte 10 on"
            ),
            ("```bytes\nfrom: client\nframes: [text \"Hi\"]\nhex: 81 02 48 69\n```" + question, "break clientUnmasked"),
            (
                "```bytes\nfrom: server\nframes: [text \"Hi\"]\nhex: 81 02 48 69\nbreaks: [serverMasked]\n```"
                    + question,
                "do not break serverMasked"
            ),
            ("The bytes 81 02 48 69 say so." + question, "nobody has checked them"),
            ("Accept is `s3pPLMBiTxaQ9kYGzzhZRbK+xOo=`." + question, "is not the accept key of any key"),
            ("This is obviously easy." + question, "helps nobody"),
            ("Text." + lab, "a step with a lab has hints"),
            (
                "Text." + lab + "\n```hints\n- Type hello.\n- Type hello now.\n- Type hello at once.\n```\n",
                "gives the answer"
            ),
            ("Text." + lab + "\n```hints\n- Say more.\n- Say it.\n- Type hello at once.\n```\n", "hints grow"),
            (
                "Text." + lab + "\n```hints\n- Say.\n- Say it.\n- Say it at once.\n```\n",
                "holds no line of the solution"
            ),
            ("Text." + question.replacing("t-q", with: "other-q"), "must begin with t-"),
            ("Text." + question.replacing("t-q", with: "t-a"), "is taken already"),
        ])
    func wrong(_ step: String, _ what: String) {
        let faults = LessonCheckTests.faults(step)
        #expect(faults.contains { $0.contains(what) }, "\(faults)")
    }

    @Test(
        "Proofs are recomputed",
        arguments: [
            ("header-size 126 masked = 8", true), ("header-size 65536 unmasked = 10", true),
            ("header-size 5 masked = 7", false),
            ("accept dGhlIHNhbXBsZSBub25jZQ== = s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", true),
            ("mask 37fa213d 7f9f4d5158 = 48 65 6c 6c 6f", true), ("mask 37fa213d 7f9f4d5158 = 48 65 6c 6c 70", false),
            ("math 230 + 159 = 389", true), ("math 2 ** 10 - 24 = 1000", true), ("math 1 / 3 = 0.333", true),
            ("math (1 + 2) * 3 = 10", false), ("length 81 05 = 2", true), (#"utf8 "é" = c3 a9"#, true),
            ("base64 01 02 = AQI=", true), ("inflate f2 48 cd c9 c9 07 00 | f2 00 11 00 00 = 48 65 6c 6c 6f", true),
            (#"frame text "Hi" = 81 02 48 69"#, true), ("count 81 00 89 00 = 2", true), ("valid-utf8 c3 28 = no", true),
            ("nonsense 1 = 1", false), ("math 1 +", false),
        ])
    func proofs(_ proof: String, _ holds: Bool) { #expect((LessonProof.fault(proof) == nil) == holds) }

    @Test func spelling() {
        // The front matter is read, too.
        let words = SpellingList("this\nis\nspelt\nwell\nx\nlesson\nprefix\ntest\ntitle\nminutes\nabout\nfor\ntests")
        #expect(
            Set(
                LessonCheckTests.faults(
                    "This is spelt well, with `cod` and HTTP." + LessonCheckTests.question, words: words))
                == [
                    "\"with\" is not in Lessons/words.txt; if it is right, add it there",
                    "\"and\" is not in Lessons/words.txt; if it is right, add it there",
                ])
    }
}

import Foundation
import Testing
import Tutor

@Suite struct ExchangeTests {
    private func gift(_ text: String, known: [QuizItem] = []) -> ImportedQuiz {
        GIFTImport.read(text, prefix: "x", known: known)
    }

    @Test func everyKindOfGIFT() {
        let quiz = gift(
            """
            // a comment
            $CATEGORY: tests

            ::One::Who masks? {=the client#Right. ~the server#No. ####Clients do.}

            Which are control frames? {~%50%ping ~%50%pong ~%-100%text}

            A mask is required. {TRUE}

            Header size? {#2:0.5}

            Bytes? {=48 65 =4865}

            Match. {=1000 -> normal =1001 -> going away}

            Explain. {####It is a nonce.}

            Only a description.
            """)
        #expect(quiz.items.map(\.body.kind) == ["single", "multiple", "single", "number", "fill", "match", "free"])
        #expect(quiz.items[0].id == "x-one")
        #expect(quiz.items[0].explanation == "Clients do.")
        #expect(quiz.items[0].body.choices.map(\.why) == ["Right.", "No."])
        #expect(quiz.skipped.isEmpty)
    }

    @Test(arguments: [
        ("Half {=a", "the { has no }"), ("None? {~a ~b}", "no option is right"), ("{=a ~b}", "no question"),
        ("Number? {#many}", "no number"), ("What? {a}", "no answer begins"),
    ])
    func brokenGIFTIsLeftOutWithItsLine(text: String, why: String) {
        let quiz = gift("Fine? {=a ~b}\n\n\(text)")
        #expect(quiz.items.count == 1)
        #expect(quiz.skipped.count == 1)
        #expect(quiz.skipped.first?.contains("line 3") == true)
        #expect(quiz.skipped.first?.contains(why) == true, "\(quiz.skipped)")
    }

    @Test func duplicatesAreCountedAndIDsStayUnique() {
        let first = gift("::a::One? {=a ~b}\n\n::a::Two? {=a ~b}\n\n::a::One? {=a ~b}")
        #expect(first.items.map(\.id) == ["x-a", "x-a-2"])
        #expect(first.duplicates == 1)
        let again = gift("::a::One? {=a ~b}\n\n::a::Three? {=a ~b}", known: first.items)
        #expect(again.items.map(\.id) == ["x-a-3"])
        #expect(again.duplicates == 1)
    }

    @Test("What is imported is written as a file of the bank, and read back the same")
    func yaml() throws {
        let topic = try #require(try QuizBank.embedded.topic("frames"))
        let yaml = ImportedQuiz.yaml(topic: "frames", title: "Frames", items: topic.items)
        let path = Pupil.folder + ".yaml"
        try yaml.write(toFile: path, atomically: true, encoding: .utf8)
        let read = try QuizBank.topic(file: path)
        #expect(read.items.map(\.question) == topic.items.map(\.question))
        #expect(read.items.map(\.body.kind) == topic.items.map(\.body.kind))
        #expect(read.items.map(\.explanation) == topic.items.map(\.explanation))
    }

    @Test func cardsWithAndWithoutHeaderLines() {
        let plain = TSVImport.read("Q1\tA1\nQ2\tA2\textra\n\nbroken\n", prefix: "x", known: [])
        #expect(plain.items.map(\.question) == ["Q1", "Q2"])
        #expect(plain.items.last?.explanation == "extra")
        #expect(plain.skipped.count == 1)
        let anki = TSVImport.read(
            "#separator:Tab\n#html:true\n#guid column:1\n#tags column:4\ng1\t<b>Q</b> &lt;1&gt;\tA<br>B\tt1 t2\n",
            prefix: "x",
            known: [])
        #expect(anki.items.map(\.question) == ["Q <1>"])
        #expect(anki.items.map(\.id) == ["x-g1"])
    }
}

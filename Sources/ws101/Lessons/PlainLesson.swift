import Capture
import Connection
import Foundation
import Inspector
import Synchronization
import Transport
import Tutor
import Wire

/// A lesson line by line: for a pipe, a screen reader, or whoever likes it so. Labs included.
actor PlainLesson {
    private var session: LessonSession
    private let store: LessonStore
    private let recorder: LessonRecorder<PlainTraffic>
    private let runner: LabRunner
    private let reports: AsyncStream<LabReport>
    private let width: Int
    private var printed = PrintedStep()
    /// Nothing is typed by a person: a line waits until what the one before has begun is over.
    private let isScripted: Bool
    private var lastReport = Clock.now()
    private var isLeaving = false

    /// What of the step is on the paper.
    private struct PrintedStep {
        var id = ""
        var rows = 0
        /// The row that may still change, as it was printed.
        var last: LessonRow?
        var prompt: LessonPrompt?
        var said = 0
        var notes: [String] = []
        var check: String?
        var hints = 0
        var isDone = false
    }

    init(_ session: LessonSession, _ store: LessonStore, isScripted: Bool, width: Int) throws(CaptureError) {
        self.session = session
        self.store = store
        self.isScripted = isScripted
        self.width = width
        recorder = try LessonRecorder(sink: PlainTraffic()) { Output.diagnostic("ws101: \($0)") }
        let (stream, continuation) = AsyncStream.makeStream(of: LabReport.self, bufferingPolicy: .unbounded)
        reports = stream
        runner = LabRunner(tap: recorder.tap, watch: recorder.watch) { continuation.yield($0) }
    }

    /// Returns when the input ends or the learner leaves.
    func run() async {
        let listening = Task { [reports] in
            for await report in reports { await self.receive(.lab(report)) }
        }
        await perform(session.begin())
        Output.answer(PlainLesson.help)
        show()
        for await line in StandardInput() {
            await receive(.typed(meant(line)))
            if isLeaving { break }
            if isScripted { await settle() }
        }
        await perform(session.end())
        listening.cancel()
        await runner.stop()
        recorder.recorder.close()
    }

    private static let help = """
        Lines that begin with a colon are for the lesson: :hint :run :undo :reset :next :back :go N :find WORDS :quit
        """

    /// Enter alone stands for the line that is offered, and a dot for an empty one.
    private func meant(_ line: String) -> String {
        guard case .lab(_, let offered) = session.view(at: Clock.now()).prompt else { return line }
        return line == "." ? "" : line.isEmpty ? offered : line
    }

    private func receive(_ input: LessonInput) async {
        lastReport = Clock.now()
        await perform(session.receive(input, at: Clock.now()))
        if case .lab(.checked) = input, session.view(at: Clock.now()).notice == nil {
            showLab()
        } else {
            show()
        }
    }

    private func perform(_ requests: [LessonRequest]) async {
        for request in requests {
            switch request {
            case .startLab(let run, let lab, let replay, let answers):
                let runner = runner
                Task { await runner.start(run, lab, replay: replay, answers: answers) }
            case .type(let run, let line): await runner.type(run, line)
            case .stopLab: await runner.stop()
            case .keep(let record): store.keep(record)
            case .leave: isLeaving = true
            }
        }
    }

    /// Waits while a lab starts, and until it has passed or nothing more comes of what was typed.
    private func settle() async {
        let patience: Int64 = 600_000_000
        while true {
            let lab = session.view(at: Clock.now()).rows.compactMap { row -> LabView? in
                if case .lab(let lab) = row { lab } else { nil }
            }.last
            guard let lab, lab.state == .starting || (lab.state == .running && !lab.isPassed) else { return }
            if lab.state == .running, Clock.now().since(lastReport) > patience { return }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }
}

// MARK: - Paper

extension PlainLesson {
    private func show() {
        let view = session.view(at: Clock.now())
        if view.stepID != printed.id || view.rows.count < printed.rows {
            printed = PrintedStep()
            printed.id = view.stepID
            head(view)
        }
        if let hits = view.hits { show(hits) }
        showRows(view)
        if let notice = view.notice { say("\(notice)") }
        showLab()
        prompt(view)
    }

    private func head(_ view: LessonView) {
        say("")
        say(
            "Lesson \(view.lesson), \(view.lessonTitle) · step \(view.step) of \(view.stepCount) · \(view.stepTitle)"
                + (view.isFinished ? " · done" : ""))
        say(String(repeating: "─", count: min(width, 72)))
    }

    private func showRows(_ view: LessonView) {
        for (index, row) in view.rows.enumerated() {
            let isNew = index >= printed.rows
            let hasChanged = index == printed.rows - 1 && row != printed.last
            guard isNew || hasChanged else { continue }
            switch row {
            case .text(let block): if isNew { say(BlockLines.lines(block, width: width), gap: true) }
            case .bytes(let example): if isNew { say(BytesLines.lines(example, width: width), gap: true) }
            case .question(let question): show(question, isNew: isNew)
            case .lab(let lab): if isNew { show(lab) }
            case .hint(let text): if isNew { say(wrapped("Hint: " + text), gap: true) }
            case .learned(let text): if isNew { say(wrapped("✓ " + text), gap: true) }
            }
        }
        printed.rows = view.rows.count
        printed.last = view.rows.last
    }

    private func show(_ view: QuestionView, isNew: Bool) {
        let question = view.question
        if isNew {
            let head = question.role == .predict ? "Predict: " : question.role == .recall ? "Recall: " : "? "
            say(wrapped(head + question.ask), gap: true)
            for (index, choice) in question.choices.enumerated() {
                say(wrapped("  \(Question.letter(index))) \(choice)", indent: 5))
            }
        }
        if let recall = view.recall, !view.isDone, case .recall(let ideas, _) = question.kind {
            for (index, idea) in ideas.enumerated() {
                say(
                    "  [\(recall.ticks.indices.contains(index) && recall.ticks[index] ? "x" : " ")] \(index + 1) \(idea)"
                )
            }
        }
        remarks(view)
    }

    private func remarks(_ view: QuestionView) {
        if case .recall(_, let model) = view.question.kind {
            if view.isDone { say(wrapped("Model answer: \(model)"), gap: true) }
            return
        }
        guard let judgement = view.judgement else { return }
        guard view.isRevealed else { return say("  locked in: \(judgement.answer)") }
        for remark in judgement.remarks { say(wrapped("  \(remark.isRight ? "✓" : "✗") \(remark.text)", indent: 4)) }
        if view.isDone, !view.question.explain.isEmpty { say(wrapped("  " + view.question.explain, indent: 2)) }
    }

    private func show(_ lab: LabView) {
        say(wrapped("Lab: \(lab.lab.title)\(lab.isPassed ? " (passed)" : "")"), gap: true)
        say(wrapped("  " + lab.lab.task, indent: 2))
    }

    /// What the lab has said since, and the check that stands first.
    private func showLab() {
        let view = session.view(at: Clock.now())
        for case .lab(let lab) in view.rows {
            for note in lab.notes where !printed.notes.contains(note) {
                printed.notes.append(note)
                say("  \(note)")
            }
            guard let first = lab.report?.first, !lab.isPassed, lab.state == .running else { continue }
            let text = (first.state == .broken ? "✗ " : "· ") + (first.difference ?? first.check.text)
            guard printed.check != text else { continue }
            printed.check = text
            say(wrapped("  \(text)", indent: 4))
            if first.state == .broken {
                say(wrapped("    \(first.check.why) (\(first.check.reference)) Start anew with :run.", indent: 4))
            }
        }
    }

    private func prompt(_ view: LessonView) {
        guard view.prompt != printed.prompt else { return }
        printed.prompt = view.prompt
        switch view.prompt {
        case .none:
            if view.actions.first == .run { say("Enter starts the lab.") }
            if view.actions.first == .next { say(":next goes on.") }
        case .answer(let how): say("Type \(how).")
        case .tick: say("Type the numbers of the ideas in your text, one by one; Enter alone ends.")
        case .lab(_, let offered):
            if view.actions.contains(.skip) {
                say("Type a line for the lab. Enter alone sends what is offered, . an empty line, :skip leaves it out:")
                say("  \(offered)")
            } else if view.isStepDone {
                say(":next goes on; the lab still takes lines.")
            } else {
                say("Type a line for the lab.")
            }
        }
    }

    private func show(_ hits: [SearchHit]) {
        for hit in hits { say("  \(hit.lesson) \(hit.step)  \(hit.title): \(hit.excerpt)") }
        if !hits.isEmpty { say("  :go and the id opens one.") }
    }

    /// Lines of the paper's width; spaces at the front stay, and the other lines are indented.
    private func wrapped(_ text: String, indent: Int = 0) -> [String] {
        let front = String(text.prefix { $0 == " " })
        let lines = SafeText.escape(String(text.dropFirst(front.count))).wrapped(to: width - max(indent, front.count))
        return lines.enumerated().map { ($0 == 0 ? front : String(repeating: " ", count: indent)) + $1 }
    }

    private func say(_ lines: [String], gap: Bool = false) {
        if gap { Output.answer("") }
        for line in lines { Output.answer(line) }
    }

    private func say(_ line: String) { Output.answer(line) }
}

/// The traffic of a lab, a line an event, between the lesson's own lines.
struct PlainTraffic: EventSink {
    private var printer = TextPrinter { bytes in
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            Output.write(Array("  | ".utf8) + Array(line) + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
        }
    }

    mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        printer.receive(event, payload: payload)
        printer.flush()
    }
}

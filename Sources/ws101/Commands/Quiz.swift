import ArgumentParser
import Foundation
import Screen
import Tutor

struct Quiz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Questions about WebSockets: written ones, drills with fresh numbers, or about your recording.",
        discussion: """
            ws101 quiz                       ten questions over all topics, what is due first
            ws101 quiz frames                one topic; ws101 quiz topics lists them
            ws101 quiz drills                drills with fresh numbers
            ws101 quiz --recording FILE      questions about a recording that you just made
            ws101 quiz --exam --seed 7       an exam: no hints, the corrections at the end

            Every answer is saved at once, and comes back when it would be forgotten: ws101 review.
            """,
        subcommands: [Ask.self, Topics.self, QuizCheckCommand.self, QuizExport.self, QuizImport.self],
        defaultSubcommand: Ask.self)

    struct Ask: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ask", abstract: "Ask questions; what ws101 quiz does by itself.")

        @Argument(help: "A topic; left out, all of them.")
        var topic: String?

        @Option(help: "How many questions.")
        var count = 10

        @Option(help: "Chooses and shuffles: the same number, the same exam.")
        var seed: UInt64?

        @Flag(help: "No hints, any order, and the corrections at the end.")
        var exam = false

        @Option(help: "Ask about this recording, a pcapng or pcap file.")
        var recording: String?

        @OptionGroup var options: StudyOptions

        func validate() throws {
            guard (1...200).contains(count) else { throw ValidationError("--count must be from 1 to 200.") }
            if topic != nil, recording != nil { throw ValidationError("Give a topic or --recording, not both.") }
        }

        func run() async throws {
            let study = try options.study()
            let clock = options.clock
            let seed = seed ?? UInt64.random(in: 0..<1_000_000)
            try options.warn(study, at: clock.now)
            var session = try session(study, clock, seed)
            if options.hasScreen {
                return try await CourseScreen(opensAt: .sitting(session), study: study, clock: clock).run()
            }
            try PlainQuizRun(study.store, clock).run(&session)
            if exam { Output.answer("The same exam again: ws101 quiz --exam --seed \(seed)") }
        }

        private func session(_ study: Study, _ clock: StudyClock, _ seed: UInt64) throws -> QuizSession {
            if let recording {
                let items = try RecordingQuestions.items(path: recording, seed: seed, count: count)
                return try study.quiz(
                    title: "Your recording", items: items, seed: seed, sitting: StudyOptions.sitting(), at: clock.now)
            }
            return try study.quiz(
                topic: topic, count: count, seed: seed, isExam: exam, sitting: StudyOptions.sitting(), at: clock.now)
        }
    }

    struct Topics: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the topics and what is known of them.")

        @OptionGroup var options: StudyOptions

        func run() throws {
            let study = try options.study()
            let cards = try study.store.cards()
            for topic in try study.bank.topics() {
                let seen = topic.items.count { cards[Card.Key(.item, $0.id)] != nil }
                Output.answer("\(topic.name.padded(18)) \("\(seen)/\(topic.items.count)".padded(9)) \(topic.title)")
            }
            let drills = AllGenerators.list.count
            let seen = AllGenerators.list.count { cards[Card.Key(.item, $0.id)] != nil }
            Output.answer(
                "\(AllGenerators.topicName.padded(18)) \("\(seen)/\(drills)".padded(9)) \(AllGenerators.topicTitle)")
        }
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

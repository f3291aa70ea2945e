import Connection
import Screen
import Transport
import Tutor

/// Lessons on the screen: keeps what is done, and runs labs whose traffic is in the screen's own log.
@MainActor
final class ScreenLessons: LessonHost {
    let course: Course
    var didReport: ((LabReport) -> Void)?
    /// The connections of the lab that runs, or ran last, the oldest first.
    var labConnections: [ConnectionID] { log.map { $0.connections.keys.sorted { $0.rawValue < $1.rawValue } } ?? [] }

    /// nil where nothing can be kept.
    private let store: ProgressStore?
    private(set) var progress: LessonProgress
    private let clock: () -> Timestamp
    private var log: LabLog?
    private let orders: AsyncStream<LessonRequest>.Continuation
    private let working: Task<Void, Never>
    private var listening: Task<Void, Never>?

    /// - Parameters:
    ///   - store: Where it is kept; nil: nowhere.
    ///   - tap: The recorder's.
    ///   - watch: What the recorder's thread shows its segments to.
    init(
        _ course: Course, _ store: ProgressStore?, tap: any Tap, watch: LabWatch, clock: @escaping () -> Timestamp
    ) {
        self.course = course
        self.store = store
        progress = ScreenLessons.progress(in: store, course)
        self.clock = clock
        // A lab tells at most a few hundred lines, and forty reports a second.
        let (reports, told) = AsyncStream.makeStream(of: LabReport.self, bufferingPolicy: .unbounded)
        let runner = LabRunner(tap: tap, watch: watch) { told.yield($0) }
        let (requests, orders) = AsyncStream.makeStream(of: LessonRequest.self, bufferingPolicy: .unbounded)
        self.orders = orders
        // One after the other, as a person asks for them.
        working = Task {
            for await request in requests {
                switch request {
                case .startLab(let run, let lab, let replay, let answers):
                    await runner.start(run, lab, replay: replay, answers: answers)
                case .type(let run, let line): await runner.type(run, line)
                case .stopLab: await runner.stop()
                case .keep, .leave: break
                }
            }
            await runner.stop()
        }
        listening = Task { [weak self] in
            for await report in reports {
                if let log = await runner.log { self?.log = log }
                self?.didReport?(report)
            }
        }
    }

    var now: Timestamp { clock() }

    /// Nothing where it cannot be read: who keeps something next is told why.
    private static func progress(in store: ProgressStore?, _ course: Course) -> LessonProgress {
        guard let store, let steps = try? store.steps() else { return LessonProgress() }
        return LessonProgress(steps, latest: (try? store.latestStep()) ?? nil, in: course)
    }

    func perform(_ request: LessonRequest) -> String? {
        switch request {
        case .startLab, .type, .stopLab: orders.yield(request)
        case .keep(let record):
            progress.apply(record)
            return keep(record)
        case .leave: break
        }
        return nil
    }

    /// What is told in the last line where it cannot be kept; the lesson goes on.
    private func keep(_ record: LessonRecord) -> String? {
        do {
            try store?.keep(record, at: clock())
            return nil
        } catch {
            return "this cannot be kept: \(error.what). \(error.advice)"
        }
    }

    /// Ends the lab that runs.
    func close() async {
        orders.finish()
        await working.value
        listening?.cancel()
    }
}

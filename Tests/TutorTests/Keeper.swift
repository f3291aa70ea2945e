import Connection
import Tutor

/// Keeps a quiz where tests can look at it: a sink is copied into the observer.
final class Keeper: EventSink {
    var quiz = RecordingQuiz()

    func receive(_ event: borrowing Event, payload: Span<UInt8>) { quiz.receive(event, payload: payload) }
}

import Capture
import Connection
import Tutor

/// Questions about what a recording holds.
enum RecordingQuestions {
    static func items(path: String, seed: UInt64, count: Int) throws -> [QuizItem] {
        var observer = Observer(sink: RecordingQuiz())
        var reader = try CaptureReader(path: path)
        let result = Result { () throws(CaptureError) in try reader.read(into: &observer) }
        observer.finish()
        for warning in try result.get().warnings { Output.diagnostic("ws101: \(path): \(warning)") }
        let items = observer.sink.items(seed: seed, count: count)
        guard !items.isEmpty else {
            throw Failure(
                "\(path) holds no WebSocket frames, so there is nothing to ask.",
                next: "Record some: ws101 serve --record FILE, then ws101 connect URL.")
        }
        return items
    }
}

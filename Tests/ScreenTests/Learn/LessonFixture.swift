import Connection
import Tutor

@testable import Screen

/// A lesson with one of everything, and somebody who runs no lab but notes what was asked for.
enum LessonFixture {
    static let text = """
        ---
        lesson: 1
        prefix: mask
        title: How it works
        minutes: 12
        about: From the first byte to the mask.
        ---

        A frame of a client is **masked**: each payload byte is XORed with `key[i mod 4]` (§5.3).

        ## Undo the mask {#mask-undo}

        ```step
        outline: []
        misconceptions: []
        concepts: []
        learned: The key is in the frame, so masking hides nothing.
        ```

        The key stands in the frame, before the payload.

        | who | masks |
        |---|---|
        | client | always |
        | server | never |

        ```predict
        id: mask-undo-predict
        ask: What does the mask keep secret?
        options:
          - text: The payload
            why: The key is in the same frame.
          - text: Nothing
            right: true
            why: Whoever reads the frame reads the key as well.
        ```

        ```lab
        id: mask-undo-lab
        title: A masked hello
        task: Press Enter to send it, and look at the frame.
        stage:
          - server: echo
          - hand: client
            path: /echo
        solution: |
          hello
        checks:
          - check: seen client text
            why: Nothing was sent yet. Type a text and press Enter.
            ref: RFC 6455 §5.6
          - check: seen server text
            why: An echo is an answer.
            ref: RFC 6455 §1.2
        ```

        ```hints
        - The line waits for you to type.
        - Whatever you type is sent as one text message (§5.6).
        - "Type these five letters and press Enter: hello"
        ```

        ## In your own words {#mask-recall}

        ```step
        outline: []
        misconceptions: []
        concepts: []
        learned: Masking protects proxies, not secrets.
        ```

        ```question
        id: mask-recall-number
        ask: How many bytes has the masking key?
        number: 4
        explain: Four bytes, new for each frame.
        ```
        """

    static var course: Course { Course(files: [(name: "01-how-it-works.md", bytes: Array(text.utf8))]) }
}

/// Stands behind the place Learn and runs no labs.
final class NotingHost: LessonHost {
    let course: Course
    var progress = LessonProgress()
    var now = Timestamp(nanoseconds: Play.start * 1_000_000)
    var labConnections: [ConnectionID] = []
    var didReport: ((LabReport) -> Void)?
    private(set) var requests: [LessonRequest] = []
    /// What goes wrong with each request.
    var fault: String?

    init(_ course: Course = LessonFixture.course) { self.course = course }

    func perform(_ request: LessonRequest) -> String? {
        requests.append(request)
        if case .keep(let record) = request { progress.apply(record) }
        return fault
    }

    /// The number of the run that was asked for last.
    var run: Int {
        requests.reversed().lazy.compactMap { if case .startLab(let run, _, _, _) = $0 { run } else { nil } }.first ?? 0
    }
}

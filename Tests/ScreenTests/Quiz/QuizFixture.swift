import Connection
import Foundation
import Tutor

@testable import Screen

/// A learner with a small bank that has every kind of question, in a folder of its own.
final class QuizFixture {
    let learner: Learner
    let path: String
    private(set) var now: Timestamp
    private let time: Time

    /// What the clock says; the learner looks at it.
    private final class Time {
        var now: Timestamp
        var draws: UInt64 = 0
        init(_ now: Timestamp) { self.now = now }
    }

    init() throws {
        path = NSTemporaryDirectory() + "ws101-quiz-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try QuizFixture.bank.write(toFile: path + "/01-masks.yaml", atomically: true, encoding: .utf8)
        let start = Timestamp(nanoseconds: Play.start * 1_000_000)
        let time = Time(start)
        (self.time, now) = (time, start)
        let study = Study(
            bank: try QuizBank(folder: path), store: try ProgressStore(path: path + "/progress.sqlite"),
            calendar: LearnerCalendar(zone: TimeZone(secondsFromGMT: 0)!))
        learner = Learner(
            study: study, clock: { time.now },
            chance: {
                time.draws += 1
                return time.draws
            })
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func wait(seconds: UInt64) {
        now = Timestamp(nanoseconds: now.nanoseconds + seconds * 1_000_000_000)
        time.now = now
    }

    static let bank = """
        topic: masks
        title: "Masks"
        prefix: masks
        items:
          - id: masks-facts
            kind: multiple-true-false
            question: What does the mask of a client's frame do?
            bytes: "81 85 37 fa 21 3d 7f 9f 4d 51 58"
            statements:
              - text: It keeps the payload secret.
                "true": false
                why: The key is in the same frame.
                misconception: M04
              - text: It changes with every frame.
                "true": true
                why: "Right: a new random key for each."
              - text: A server uses it too.
                "true": false
                why: A server must not mask.
                misconception: M06
            explanation: The mask keeps scripts from choosing the bytes on the wire; it hides nothing.
            references: ["RFC 6455 §5.3"]
            lesson: 3
            interview: [1]
            concepts: [masking]
            level: junior
          - id: masks-size
            kind: number
            question: How many bytes has the masking key?
            answer: 4
            unit: bytes
            tolerance: 0
            wrong:
              - answer: 2
                why: That is the least header of a frame.
            explanation: Four, behind the payload length.
            references: ["RFC 6455 §5.2"]
            lesson: 3
            interview: []
            concepts: [masking]
            level: junior
          - id: masks-order
            kind: order
            question: Put the parts of a masked frame in order.
            order:
              - FIN and opcode
              - Payload length
              - Masking key
            explanation: As the standard draws it.
            references: ["RFC 6455 §5.2"]
            lesson: 3
            interview: []
            concepts: [frame-header]
            level: junior
          - id: masks-match
            kind: match
            question: Who masks?
            match:
              - left: Client
                right: always
                why: It must.
              - left: Server
                right: never
                why: It must not.
            explanation: The mask protects what stands between them.
            references: ["RFC 6455 §5.1"]
            lesson: 3
            interview: []
            concepts: [masking]
            level: junior
          - id: masks-free
            kind: free
            question: Explain why clients mask.
            ideas:
              - id: proxies
                text: Scripts must not choose the bytes that proxies see
                keywords: [proxy, proxies]
              - id: random
                text: The key is new and random for each frame
                keywords: [random]
            model: A random key for each frame keeps a script from choosing the bytes that a proxy sees.
            explanation: It protects infrastructure, not secrets.
            references: ["RFC 6455 §10.3"]
            lesson: 3
            interview: [1]
            concepts: [masking]
            level: mid
        """
}

import Tutor
import Wire

extension Study.UnknownTopic {
    var failure: Failure {
        Failure(
            "there is no topic \(SafeText.escape(name))\(closest.map { "; did you mean \($0)?" } ?? "")",
            next: "Topics: \(known.joined(separator: ", "))", status: Failure.wrongUse)
    }
}

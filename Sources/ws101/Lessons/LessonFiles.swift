import Foundation
import Tutor

/// Where lessons come from: the program itself, or a folder that an author works in.
enum LessonFiles {
    /// - Parameter folder: nil for the lessons that are built in.
    static func course(in folder: String?) throws -> Course {
        guard let folder else { return Course(files: EmbeddedText.lessons.map { ($0.name, Array($0.text.utf8)) }) }
        let course = Course(files: try files(in: folder))
        guard !course.lessons.isEmpty || !course.faults.isEmpty else {
            throw Failure(
                "there is no lesson in \(folder)", next: "a lesson is called NN-slug.md, such as 01-first.md.",
                status: Failure.wrongUse)
        }
        return course
    }

    private static func files(in folder: String) throws -> [(name: String, bytes: [UInt8])] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw Failure(
                "cannot read the folder \(folder): \((error as NSError).localizedDescription)",
                next: "--lessons takes a folder of files called NN-slug.md.")
        }
        return try names.filter(Course.isLesson).sorted().map { ($0, try read(folder + "/" + $0)) }
    }

    static func read(_ path: String) throws -> [UInt8] {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw Failure("cannot read \(path)", next: "check the name and the permissions.")
        }
        return Array(content)
    }

    /// `words.txt` beside the lessons; nil where there is none.
    static func words(beside path: String) -> SpellingList? {
        let file = (path as NSString).deletingLastPathComponent + "/words.txt"
        if let content = FileManager.default.contents(atPath: file.hasPrefix("/words") ? "words.txt" : file) {
            return SpellingList(String(decoding: content, as: UTF8.self))
        }
        return nil
    }
}

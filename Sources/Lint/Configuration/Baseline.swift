import Foundation
import Wire

/// `ws101-baseline.json`: findings that were there when a team began to lint. They do not count, so that only what is
/// new makes a run fail.
package struct Baseline: Sendable {
    package struct Entry: Hashable, Sendable, Codable {
        package let fingerprint: String
        package let rule: String
        package let slug: String
        /// The path of a request, or a file.
        package let place: String?
        package let message: String
        /// Why it may stay; for people to change.
        package let reason: String
        /// "2026-11-24", UTC.
        package let firstSeen: String

        /// Anybody may have written the file.
        fileprivate var safe: Entry {
            Entry(
                fingerprint: SafeText.escape(fingerprint), rule: SafeText.escape(rule), slug: SafeText.escape(slug),
                place: place.map { SafeText.escape($0) }, message: SafeText.escape(message),
                reason: SafeText.escape(reason), firstSeen: SafeText.escape(firstSeen))
        }
    }

    /// What is wrong with a file that should be a baseline.
    package struct Unreadable: Error, Hashable, CustomStringConvertible {
        package let file: String
        package let why: String
        package var description: String { "\(file) is no baseline of ws101: \(why)" }
    }

    /// Its name, for messages and places.
    package let file: String
    package private(set) var entries: [Entry] = []
    private var lines: [String: Int] = [:]

    /// An empty one.
    package init(file: String) { self.file = file }

    package init(_ bytes: [UInt8], file: String) throws(Unreadable) {
        self.file = file
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw Unreadable(file: file, why: Self.words(error))
        } catch {
            throw Unreadable(file: file, why: "it cannot be decoded")
        }
        guard document.version == 1 else {
            throw Unreadable(file: file, why: "it has version \(document.version), and this ws101 knows version 1")
        }
        entries = document.findings.map(\.safe)
        for (index, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
            let text = String(decoding: line, as: UTF8.self)
            guard let entry = entries.first(where: { text.contains("\"\($0.fingerprint)\"") }) else { continue }
            lines[entry.fingerprint] = lines[entry.fingerprint] ?? index + 1
        }
    }

    private struct Document: Codable {
        let version: Int
        let findings: [Entry]
    }

    func entry(for finding: Finding) -> Entry? {
        entries.first { $0.fingerprint == finding.fingerprint.rawValue && $0.rule == finding.rule.rawValue }
    }

    /// From 1.
    func line(of entry: Entry) -> Int { lines[entry.fingerprint] ?? 1 }

    /// The entries whose findings are gone, though there was evidence about them.
    func stale(in findings: Findings) -> [Entry] {
        let found = Set(findings.all.map(\.fingerprint.rawValue))
        return entries.filter { entry in
            !found.contains(entry.fingerprint) && findings.hasEvidence(on: RuleCode(rawValue: entry.rule))
                && entry.place.map { findings.seen.contains($0) } ?? true
        }
    }

    /// Its text.
    package var text: String { JSONText.encode(Document(version: 1, findings: entries), isPretty: true) + "\n" }

    private static func words(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "an entry has no \(SafeText.escape(key.stringValue))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(SafeText.escape(context.codingPath.map(\.stringValue).joined(separator: "."))) is not what it should be"
        case .dataCorrupted: "it is no JSON"
        @unknown default: "it cannot be decoded"
        }
    }
}

/// Writing one.
extension Baseline {
    /// What people may replace by their own words.
    package static let standardReason = "was there when the baseline was written"

    /// A baseline with everything that was found. Entries that are there already keep their reason and their date; those
    /// about which this run had no evidence stay.
    /// - Parameter today: "2026-11-24".
    package func updated(with findings: Findings, today: String) -> Baseline {
        let gone = Set(stale(in: findings).map(\.fingerprint))
        var kept: [String: Entry] = [:]
        for entry in entries where !gone.contains(entry.fingerprint) { kept[entry.fingerprint] = entry }
        for finding in findings.all where finding.rule != UnusedSuppression.page.code {
            switch finding.suppression {
            case .ignored, .configured: continue
            case .baseline, nil: break
            }
            let known = kept[finding.fingerprint.rawValue]
            kept[finding.fingerprint.rawValue] = Entry(
                fingerprint: finding.fingerprint.rawValue, rule: finding.rule.rawValue, slug: finding.slug,
                place: finding.place.path ?? finding.place.file, message: finding.message,
                reason: known?.reason ?? Self.standardReason, firstSeen: known?.firstSeen ?? today)
        }
        var baseline = Baseline(file: file)
        baseline.entries = kept.values.sorted {
            ($0.rule, $0.place ?? "", $0.fingerprint) < ($1.rule, $1.place ?? "", $1.fingerprint)
        }
        return baseline
    }
}

package import Connection
package import Foundation

/// The learner's days. They begin at four in the morning, so that an evening which gets late stays one day.
package struct LearnerCalendar: Sendable {
    private let zone: TimeZone
    private let calendar: Calendar

    package static let rolloverHour = 4

    package init(zone: TimeZone) {
        self.zone = zone
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    /// Days from 1970-01-01 to the learner's day that holds `time`.
    package func day(of time: Timestamp) -> Int {
        let seconds = Int(time.nanoseconds / 1_000_000_000)
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
        return (seconds + offset - LearnerCalendar.rolloverHour * 3600).flooringDivide(by: 86_400)
    }

    /// The day of a date, such as 2026-09-01; nil where the text is no date.
    package static func day(parsing text: String) -> Int? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.count == 10, parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), (1970...9999).contains(year)
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        let asked = DateComponents(year: year, month: month, day: day)
        guard let date = calendar.date(from: asked),
            calendar.dateComponents([.year, .month, .day], from: date) == asked
        else { return nil }
        return Int(date.timeIntervalSince1970) / 86_400
    }

    /// Such as 2026-09-01.
    package static func text(ofDay day: Int) -> String {
        // Civil from days; the era has 146,097 days and begins on 0000-03-01.
        let shifted = day + 719_468
        let era = shifted.flooringDivide(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 2)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension Int {
    fileprivate func flooringDivide(by divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
    }
}

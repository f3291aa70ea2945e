/// Numbers of payment cards, ISO/IEC 7812: an issuer's number at the front, a check digit at the end.
enum CardNumber {
    /// Digits, spaces and hyphens around a place, as far as a number could reach.
    static func run(in text: Span<UInt8>, around index: Int) -> Range<Int> {
        var start = index
        while start > 0, index &- start < 32, isOfRun(text[start &- 1]) { start &-= 1 }
        var end = index
        while end < text.count, isOfRun(text[end]) { end &+= 1 }
        return start..<end
    }

    /// The first number of a card in a run: 13 to 19 digits in one piece, or in groups as on the card.
    static func range(in text: Span<UInt8>, _ run: Range<Int>) -> Range<Int>? {
        guard run.count >= 13 else { return nil }
        var start = run.lowerBound
        while start &+ 13 <= run.upperBound {
            let isStart = (0x32...0x36).contains(text[start]) && (start == run.lowerBound || !text[start &- 1].isDigit)
            if isStart, hasBoundaries(text, run), let end = end(ofCardAt: start, in: text, run) { return start..<end }
            start &+= 1
        }
        return nil
    }

    /// Part of a longer word, of a decimal or of an identifier is no card.
    private static func hasBoundaries(_ text: Span<UInt8>, _ run: Range<Int>) -> Bool {
        guard text.isBoundary(before: run.lowerBound), run.lowerBound == 0 || text[run.lowerBound &- 1] != 0x2b
        else { return false }
        guard run.upperBound < text.count else { return true }
        let after = text[run.upperBound]
        let isDecimal = after == 0x2e && text.end(ofDigitsAt: run.upperBound &+ 1) > run.upperBound &+ 1
        return !isDecimal && !after.isAlphanumeric && after != 0x5f
    }

    private static func end(ofCardAt start: Int, in text: Span<UInt8>, _ run: Range<Int>) -> Int? {
        var number = Digits()
        /// The lengths of the groups, as the digits of a decimal: 4444 for four by four.
        var groups = 0
        var separator: UInt8?
        var index = start
        while index < run.upperBound, number.count < 20, groups < 100_000 {
            let end = min(text.end(ofDigitsAt: index), run.upperBound)
            guard end > index, end &- index <= 19 else { return nil }
            groups = groups * 10 + min(end &- index, 9)
            for place in index..<end { number.append(text[place] &- 0x30) }
            if areGroupsOfCard(groups), isCard(number), isOver(text, end, separator) { return end }
            guard end &+ 1 < run.upperBound, separator == nil || text[end] == separator else { return nil }
            separator = text[end]
            index = end &+ 1
        }
        return nil
    }

    /// No further group of the same kind follows: "4111-1111-1111-1111-1" is something else.
    private static func isOver(_ text: Span<UInt8>, _ end: Int, _ separator: UInt8?) -> Bool {
        guard end < text.count, text[end] == 0x2d || text[end] == separator else { return true }
        return text.end(ofDigitsAt: end &+ 1) == end &+ 1
    }

    /// - Parameter groups: A 9 stands for nine and more.
    private static func areGroupsOfCard(_ groups: Int) -> Bool {
        switch groups {
        case 9, 465, 464, 4444, 44443: true
        default: false
        }
    }

    /// An issuer's number with a length of its own, and a sum that is a multiple of ten.
    private static func isCard(_ number: Digits) -> Bool {
        switch number.firstFour {
        case 4000...4999: guard [13, 16, 19].contains(number.count) else { return false }
        case 5100...5599, 2221...2720, 3528...3589: guard number.count == 16 else { return false }
        case 3400...3499, 3700...3799: guard number.count == 15 else { return false }
        case 3000...3059, 3600...3699, 3800...3999: guard number.count == 14 else { return false }
        case 6011, 6440...6599: guard number.count == 16 || number.count == 19 else { return false }
        case 6200...6299: guard (16...19).contains(number.count) else { return false }
        default: return false
        }
        return number.luhn % 10 == 0
    }

    /// The digits of a number as they come.
    private struct Digits {
        private(set) var count = 0
        private(set) var firstFour = 0
        /// Every second digit from the right doubled, and the digits of all added up.
        private(set) var luhn = 0
        /// The same with the others doubled: what `luhn` is once one more digit has come.
        private var other = 0

        mutating func append(_ digit: UInt8) {
            let digit = Int(digit)
            if count < 4 { firstFour = firstFour * 10 + digit }
            count += 1
            let doubled = digit > 4 ? digit * 2 - 9 : digit * 2
            (luhn, other) = (other + digit, luhn + doubled)
        }
    }

    private static func isOfRun(_ byte: UInt8) -> Bool { byte.isDigit || byte == 0x20 || byte == 0x2d }
}

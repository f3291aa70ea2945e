import Tutor

/// Text in several styles on lines of a width, cut between words where that is possible.
struct WordWrap {
    private struct Word {
        var pieces: [StyledText.Run] = []
        var width = 0
        /// A blank comes before it.
        var isApart = false

        mutating func append(_ text: String, like run: StyledText.Run) {
            guard !text.isEmpty else { return }
            pieces.append(StyledText.Run(text: text, style: run.style, ground: nil))
            width += text.displayWidth
        }
    }

    private let width: Int
    private var lines: [StyledText] = []
    private var line = StyledText()

    /// - Parameter text: A line feed in it is a break.
    static func lines(_ text: StyledText, width: Int) -> [StyledText] {
        var wrap = WordWrap(width: max(1, width))
        var word = Word()
        for run in text.runs {
            var piece = String.UnicodeScalarView()
            for scalar in run.text.unicodeScalars {
                guard scalar == " " || scalar == "\n" || scalar == "\t" else {
                    piece.append(scalar)
                    continue
                }
                word.append(String(piece), like: run)
                wrap.add(word)
                (word, piece) = (Word(), String.UnicodeScalarView())
                word.isApart = true
                if scalar == "\n" { wrap.breakLine() }
            }
            word.append(String(piece), like: run)
        }
        wrap.add(word)
        wrap.breakLine()
        return wrap.lines
    }

    static func lines(_ runs: [TextRun], width: Int, style: Style = .text) -> [StyledText] {
        lines(StyledText(runs, style), width: width)
    }

    private init(width: Int) { self.width = width }

    private mutating func breakLine() {
        lines.append(line)
        line = StyledText()
    }

    private mutating func add(_ word: Word) {
        guard let first = word.pieces.first else { return }
        let gap = word.isApart && line.width > 0 ? 1 : 0
        if line.width > 0, line.width + gap + word.width > width {
            breakLine()
        } else if gap > 0 {
            // Between two pieces of one look the blank has it as well.
            line.append(" ", line.runs.last?.style == first.style ? first.style : .text)
        }
        for piece in word.pieces { append(piece) }
    }

    /// A word that is longer than a line is cut.
    private mutating func append(_ piece: StyledText.Run) {
        guard line.width + piece.text.displayWidth > width else {
            line.append(piece.text, piece.style)
            return
        }
        for character in piece.text {
            let text = String(character)
            if line.width > 0, line.width + text.displayWidth > width { breakLine() }
            line.append(text, piece.style)
        }
    }
}

extension StyledText {
    /// - Parameter style: What stands for plain text.
    init(_ runs: [TextRun], _ style: Style = .text) {
        self.init()
        for run in runs {
            let look: Style =
                run.style.contains(.code)
                ? .code : run.style.contains(.strong) ? .strong : run.style.contains(.emphasis) ? .emphasis : style
            append(run.text, look)
        }
    }
}

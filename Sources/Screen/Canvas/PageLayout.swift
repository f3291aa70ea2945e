/// Where the parts of the places Learn, Quiz and Progress stand: a title below the first line, a page, the keys.
struct PageLayout: Hashable {
    let header: Rect
    let title: Rect
    /// All between title and keys.
    let body: Rect
    let bottomRule: Rect
    let bottom: Rect

    init(height: Int, width: Int) {
        var rest = Rect(row: 0, column: 0, height: height, width: width)
        header = rest.takeTop(1)
        bottom = rest.takeBottom(1)
        bottomRule = rest.takeBottom(1)
        title = rest.takeTop(1)
        body = rest
    }
}

extension Canvas {
    /// The last line: what is to be told once, or the keys that matter now.
    mutating func drawBottom<Model, Act>(
        _ bindings: [KeyBinding<Model, Act>], of model: Model, notice: Notice?, in area: Rect
    ) {
        switch notice {
        case .warning(let text): draw(StyledText(" ! \(text)", .verdictWarning), row: 0, in: area)
        case .success(let text): draw(StyledText(" ✓ \(text)", .verdictGood), row: 0, in: area)
        case nil: draw(BottomLine.keys(bindings, in: model, width: area.width), row: 0, in: area)
        }
    }
}

/// Something to tell once, in the last line.
enum Notice: Hashable {
    case warning(String)
    case success(String)
}

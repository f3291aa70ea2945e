import Connection
import Inspector
import Wire

/// A frame where there is little room: its bytes in groups, the fields' names below, what it says, what is wrong.
struct NarrowFrame {
    let watch: Watch
    let row: LogRow
    let frame: LogFrame
    let width: Int

    var lines: [StyledText] {
        [title] + bytes + said + view.notes.map { $0 }
    }

    private var view: FrameView { FrameView(watch: watch, row: row, frame: frame, width: width) }

    private var title: StyledText {
        var line = StyledText(" \(frame.shownOpcode)", .strong)
        line.append("  \(frame.side) → \(frame.side.peer)", frame.side == .client ? .client : .server)
        line.append("  \(Figure.inBytes(frame.header.payloadLength))", .dim)
        return line
    }

    /// "81 85  37 fa 21 3d  7f 9f 4d …" above "header  key  payload".
    private var bytes: [StyledText] {
        let header = frame.header.bytes
        let key = frame.header.maskingKey?.bytes ?? []
        let plain = watch.cache.start(of: row)
        let wire = frame.header.maskingKey.map { key in plain.enumerated().map { $1 ^ key[$0] } } ?? plain
        var values = StyledText(" ")
        var names = StyledText(" ")
        for (name, part) in [("header", Array(header.dropLast(key.count))), ("key", key)] where !part.isEmpty {
            append(name, Figure.hex(part), &values, &names)
        }
        let room = max(1, (width - values.width - 2) / 3)
        let isCut = wire.count > room || UInt64(wire.count) < frame.received
        let shown = Figure.hex(wire.prefix(isCut ? room - 1 : room)) + (isCut ? " …" : "")
        if !wire.isEmpty { append(key.isEmpty ? "payload" : "payload, masked", shown, &values, &names) }
        return [values, names]
    }

    private func append(_ name: String, _ value: String, _ values: inout StyledText, _ names: inout StyledText) {
        let start = values.width
        values.append(value)
        names.append(String(repeating: " ", count: start - names.width))
        names.append(name, .dim)
        let end = max(values.width, names.width) + 2
        values.append(String(repeating: " ", count: end - values.width))
        names.append(String(repeating: " ", count: end - names.width))
    }

    /// What it says, on one line.
    private var said: [StyledText] {
        let preview = watch.cache.preview(of: row, frame)
        return preview.isEmpty ? [] : [StyledText(" says ", .dim).appending(preview.clipped(to: max(4, width - 7)))]
    }
}

/// What the screen tells of its surroundings, asked for at every redraw.
package struct ScreenStatus: Hashable, Sendable {
    /// Where the traffic comes from.
    package enum Source: Hashable, Sendable {
        /// More may come, and everything is recorded.
        case live
        /// More may come, but the recording cannot go on; why.
        case unrecorded(String)
        /// A file that is being read.
        case reading(String)
        /// A file that was read.
        case file(String)
    }

    package let source: Source
    /// What to do next, for a screen that is empty: a line each, such as "Point a client at ws://127.0.0.1:9001/echo".
    package let advice: [String]
    /// What the server that is watched has to say of itself: that something waits, was dropped, or stands still.
    package let load: String?

    var isLive: Bool {
        switch source {
        case .live, .unrecorded: true
        case .reading, .file: false
        }
    }

    package init(_ source: Source, advice: [String] = [], load: String? = nil) {
        self.source = source
        self.advice = advice
        self.load = load
    }
}

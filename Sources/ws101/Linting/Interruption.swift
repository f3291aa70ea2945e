import Dispatch
import Foundation

/// Ctrl-C ends the program at once with the status that shells know for it.
enum Interruption {
    static let status: Int32 = 130

    static func endsTheProgram() {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler { _exit(status) }
        source.activate()
        // It lives as long as the program.
        _ = Unmanaged.passRetained(source as AnyObject)
    }
}

import Capture
import Connection
import Foundation
import Inspector
import Transport

/// Live traffic as plain lines, one an event, until somebody stops it.
struct LivePlain {
    private let recorder: Recorder<Observer<PromptPrinter>>

    var tap: any Tap { recorder }

    init(recordingTo place: RecordingPlace) throws {
        recorder = try Recorder(to: place, sink: Observer(sink: PromptPrinter())) { error in
            Output.diagnostic("ws101: \(error)")
        }
    }

    func run(_ source: any LiveSource) async {
        for line in source.advice { Output.diagnostic(line) }
        await StopSignal.wait()
        await source.stop()
        recorder.close()
    }
}

/// Prints each event as soon as it has happened.
struct PromptPrinter: EventSink {
    private var printer = TextPrinter { Output.write($0, to: STDOUT_FILENO) }

    mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        printer.receive(event, payload: payload)
        printer.flush()
    }
}

import Foundation
import Transport

/// A storm as text: for each policy a histogram of its attempts, and of those accepted.
struct StormDrawing {
    private let options: StormOptions
    private let bars = Bars.ofLocale
    private let width: Int

    init(_ options: StormOptions, shape: TerminalShape) {
        self.options = options
        let columns = Int(options.limit / StormOptions.bucket) + 10
        width = min(columns, min(shape.columns, 120) - 4)
    }

    var title: String {
        """
        \(options.clients) clients are dropped at once. The server is gone for \(milliseconds(options.outage)) ms, and then takes
        \(options.capacity) handshakes a second. Each column is 100 ms; delays are a tenth of those in life.
        """
    }

    /// One policy, seven lines.
    func lines(_ result: StormResult) -> [String] {
        let rows = bars.columns(Array(result.attempts.prefix(width)), height: 3, top: result.peak)
        let most = max(result.accepted.max() ?? 0, 1)
        let accepted = bars.columns(Array(result.accepted.prefix(width)), height: 1, top: most)
        return ["", name(result.policy)] + (rows + accepted).map { "  " + $0 }
            + ["  at most \(result.peak) attempts in 100 ms; accepted, the last line: " + verdict(result)]
    }

    private func verdict(_ result: StormResult) -> String {
        guard let allBack = result.allBack else { return "\(result.back) of \(result.clients)" }
        return "all after \(seconds(allBack)) s"
    }

    private func name(_ policy: ReconnectPolicy) -> String {
        switch policy {
        case .none: "none, again at once"
        case .fixed(let delay): "fixed, \(seconds(delay)) s"
        case .exponential(let base, let cap): "exponential, \(seconds(base)) s doubled up to \(seconds(cap)) s"
        case .fullJitter(let base, let cap):
            "exponential with full jitter, a random part of \(seconds(base)) s doubled up to \(seconds(cap)) s"
        }
    }

    func summary(_ results: [StormResult]) -> String {
        let head = row("", "attempts", "for nothing", "peak/100 ms", "all back after")
        let rows = results.map { result in
            row(
                result.policy.name, "\(result.total)", "\(result.wasted)", "\(result.peak)",
                result.allBack.map { "\(seconds($0)) s" } ?? "\(result.back) of \(result.clients) only")
        }
        return (["", head] + rows).joined(separator: "\n")
    }

    private func row(_ name: String, _ cells: String...) -> String {
        "  " + name.padding(toLength: 12, withPad: " ", startingAt: 0)
            + cells.map { String(repeating: " ", count: max(15 - $0.count, 1)) + $0 }.joined()
    }

    private func milliseconds(_ duration: Duration) -> Int { Int(duration / .milliseconds(1)) }
    private func seconds(_ duration: Duration) -> String { String(format: "%.1f", duration / .seconds(1)) }
}

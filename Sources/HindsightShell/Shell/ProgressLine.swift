import Hindsight
import Synchronization

/// Shows on the terminal how far an export or import has come, on a line of its own that goes when the statement ends.
final class ProgressLine: Sendable {
    private let shown = Mutex<ContinuousClock.Instant?>(nil)
    private let start = ContinuousClock.now

    /// Short statements show nothing, and long ones do so a few times a second.
    private static let delay = Duration.milliseconds(300)
    private static let pause = Duration.milliseconds(100)
    private static let width = 24

    func show(_ progress: FileProgress) {
        let now = ContinuousClock.now
        let isDue = shown.withLock { last in
            guard (last ?? start).duration(to: now) > (last == nil ? Self.delay : Self.pause) else { return false }
            last = now
            return true
        }
        if isDue { write("\r" + Self.text(progress) + "\u{1B}[K") }
    }

    func clear() {
        if shown.withLock({ $0 != nil }) { write("\r\u{1B}[K") }
    }

    /// `[########                ] 33 %  12000 items`, or the items alone where their number is not known.
    static func text(_ progress: FileProgress) -> String {
        let items = "\(progress.items) \(progress.items == 1 ? "item" : "items")"
        guard let total = progress.totalBytes, total > 0 else { return items }
        let part = min(1, Double(progress.bytes) / Double(total))
        let marks = Int(part * Double(width))
        let bar = String(repeating: "#", count: marks) + String(repeating: " ", count: width - marks)
        return "[\(bar)] \(Int(part * 100)) %  \(items)"
    }

    /// A terminal that does not take it does without.
    private func write(_ text: String) {
        _ = SystemCalls.write(2, Array(text.utf8)[...])
    }
}

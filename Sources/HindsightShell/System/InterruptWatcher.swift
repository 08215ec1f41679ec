import CEditLine
import Dispatch
import Synchronization

/// Turns signals that arrive while a statement runs into a call that stops it.
///
/// The statement keeps the caller's thread busy, so the signal pipe is read on a queue of its own; between statements the
/// line editor's reader has the pipe for itself.
package final class InterruptWatcher {
    private let signals: SignalPipe
    private let isInteractive: Bool
    private let queue = DispatchQueue(label: "hindsight.interrupts")
    private let source: any DispatchSourceRead
    private let arrivals: Arrivals

    /// - Parameter isInteractive: whether someone types statements: then an interrupt that comes too late for one must do
    ///   nothing. Else interrupts between statements end the process, as by default.
    package init(signals: SignalPipe, isInteractive: Bool) {
        self.signals = signals
        self.isInteractive = isInteractive
        arrivals = Arrivals(signals: signals)
        source = DispatchSource.makeReadSource(fileDescriptor: signals.readEnd, queue: queue)
        source.setEventHandler { [arrivals] in arrivals.take() }
        source.activate()
        source.suspend()
    }

    deinit {
        // A source must not be released while it is suspended.
        source.cancel()
        source.resume()
    }

    /// The signal that arrived during the last call of `watch`, if any.
    package var signal: Int32? { arrivals.signal }

    /// Runs `body`; `stop` is called, on another thread, for each signal that arrives meanwhile.
    package func watch<Result, Failure>(
        stop: @escaping @Sendable () -> Void, body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        arrivals.begin(stop)
        signals.catchSignals(isInteractive ? Signals.thatEndStatements : [Signals.interrupt])
        source.resume()
        defer {
            source.suspend()
            queue.sync {}
            arrivals.end()
            if !isInteractive { signals.restoreDefault(Signals.interrupt) }
        }
        return try body()
    }
}

/// What has arrived, shared by the statement's thread and the queue.
private final class Arrivals: Sendable {
    private let signals: SignalPipe
    private let state = Mutex<(signal: Int32?, stop: (@Sendable () -> Void)?)>((nil, nil))

    init(signals: SignalPipe) {
        self.signals = signals
    }

    var signal: Int32? { state.withLock { $0.signal } }

    func begin(_ stop: @escaping @Sendable () -> Void) {
        state.withLock { $0 = (nil, stop) }
    }

    func end() {
        state.withLock { $0.stop = nil }
    }

    func take() {
        while let number = signals.next() {
            guard Signals.thatEndStatements.contains(number) else { continue }
            let stop = state.withLock { state in
                state.signal = number
                return state.stop
            }
            stop?()
        }
    }
}

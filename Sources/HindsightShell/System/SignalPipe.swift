import CEditLine

/// The pipe through which signals reach the shell: handlers only write the signal's number into it, and whoever waits (the
/// line editor's reader, or the watcher of a running statement) reads it. No handler ever runs Swift code.
package struct SignalPipe: Sendable {
    /// The end to read numbers from, one byte each; non-blocking.
    let readEnd: Int32
    private let writeEnd: Int32

    /// Opens the pipe, for the rest of the process's life.
    package init() throws(SystemError) {
        let pipe = SystemCalls.openPipe()
        try SystemError.check(pipe.status, "cannot make a pipe for signals")
        readEnd = pipe.readEnd
        writeEnd = pipe.writeEnd
    }

    /// Sends these signals into the pipe from now on, in place of what they did.
    package func catchSignals(_ signals: [Int32]) {
        for signal in signals {
            pq_catch_signal(signal, writeEnd)
        }
    }

    /// Lets a signal do again what it does by default.
    package func restoreDefault(_ signal: Int32) {
        pq_restore_signal(signal)
    }

    /// The next signal that arrived, if any.
    package func next() -> Int32? {
        SystemCalls.read(readEnd, atMost: 1).bytes.first.map(Int32.init)
    }
}

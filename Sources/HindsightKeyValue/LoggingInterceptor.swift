import Synchronization

/// Records every step as a line of text: `put live 0001ff`.
package final class LoggingInterceptor: CallInterceptor {
    private let recorded = Mutex<[String]>([])

    package init() {}

    /// The lines so far, oldest first.
    package var lines: [String] {
        recorded.withLock { $0 }
    }

    /// Forgets the lines so far.
    package func clear() {
        recorded.withLock { $0.removeAll() }
    }

    package func willCall(_ operation: Operation, tree: String?, key: borrowing RawSpan) throws(KeyValueError) {
        var line = operation.rawValue
        if let tree { line += " \(tree)" }
        if key.byteCount > 0 { line += " \(key.hexadecimal)" }
        recorded.withLock { $0.append(line) }
    }
}

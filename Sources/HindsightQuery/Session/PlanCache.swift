import Synchronization

/// Statements that were prepared lately, by their text.
final class PlanCache: Sendable {
    private struct State {
        var statements: [StatementText: PreparedStatement] = [:]
        /// The texts in the order in which they came, oldest first.
        var order: [StatementText] = []
    }

    private let state = Mutex(State())

    func statement(_ text: String) -> PreparedStatement? {
        state.withLock { $0.statements[StatementText(text: text)] }
    }

    func add(_ statement: PreparedStatement) {
        let key = StatementText(text: statement.text)
        state.withLock { state in
            if state.statements.updateValue(statement, forKey: key) == nil { state.order.append(key) }
            guard state.order.count > PlanCache.capacity else { return }
            for oldest in state.order[..<PlanCache.dropped] { state.statements[oldest] = nil }
            state.order.removeFirst(PlanCache.dropped)
        }
    }

    /// Statements that are kept.
    private static let capacity = 256
    /// Statements that make place when there are too many, so that making it is rare.
    private static let dropped = 64
}

/// A text that is equal to none but the same bytes: `String ==` would mix up literals that are canonically equivalent.
private struct StatementText: Hashable {
    let text: String

    static func == (left: StatementText, right: StatementText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Equal bytes are canonically equivalent, so that the hash of the standard library serves.
    func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}

import HindsightValues
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
        guard text.utf8.count <= PlanCache.longestText else { return nil }
        return state.withLock { $0.statements[StatementText(text: text)] }
    }

    /// Keeps a statement, unless its text is so long that it is hardly repeated and its tree is large.
    func add(_ statement: PreparedStatement) {
        guard statement.text.utf8.count <= PlanCache.longestText else { return }
        let key = StatementText(text: statement.text)
        state.withLock { state in
            if state.statements.updateValue(statement, forKey: key) == nil { state.order.append(key) }
            guard state.order.count > PlanCache.capacity else { return }
            for oldest in state.order[..<PlanCache.dropped] { state.statements[oldest] = nil }
            state.order.removeFirst(PlanCache.dropped)
        }
    }

    /// Bytes of the longest text that is kept.
    private static let longestText = 1 << 16
    /// Statements that are kept.
    private static let capacity = 256
    /// Statements that make place when there are too many, so that making it is rare.
    private static let dropped = 64
}

/// A text that is equal to none but the same bytes: `String ==` would mix up literals that are canonically equivalent.
private struct StatementText: Hashable {
    let text: String

    static func == (left: StatementText, right: StatementText) -> Bool {
        TextOrder.isEqual(left.text, right.text)
    }

    /// Equal bytes are canonically equivalent, so that the hash of the standard library serves.
    func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}

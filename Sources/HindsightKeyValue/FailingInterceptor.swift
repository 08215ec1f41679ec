import Synchronization

/// Lets steps pass until the n-th, which it refuses with an error; later steps pass again.
package final class FailingInterceptor: CallInterceptor {
    private let code: KeyValueError.Code
    private let watched: Set<Operation>
    private let state: Mutex<State>

    private struct State {
        var seen = 0
        var failing: Int
    }

    /// - Parameters:
    ///   - count: which of the watched steps fails, from 1; 0 or less for none, which counts them.
    ///   - watched: the steps that count; all if empty.
    package init(atCall count: Int, of watched: Set<Operation> = [], code: KeyValueError.Code = .diskFull) {
        self.code = code
        self.watched = watched
        state = Mutex(State(failing: count))
    }

    /// How many watched steps were seen.
    package var callCount: Int {
        state.withLock { $0.seen }
    }

    /// Begins to count anew; the `count`-th watched step from now on fails.
    package func fail(atCall count: Int) {
        state.withLock { $0 = State(failing: count) }
    }

    package func willCall(_ operation: Operation, tree: String?, key: borrowing RawSpan) throws(KeyValueError) {
        guard watched.isEmpty || watched.contains(operation) else { return }
        let (isFailing, number) = state.withLock { state in
            state.seen += 1
            return (state.seen == state.failing, state.seen)
        }
        if isFailing {
            throw KeyValueError(code: code, operation: operation, message: "made to fail at call \(number)")
        }
    }
}

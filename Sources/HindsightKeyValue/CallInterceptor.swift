/// Sees every step before it is taken, and may refuse it: how tests log, fail and crash the layer.
///
/// An environment without one pays a nil test a step.
@usableFromInline
package protocol CallInterceptor: AnyObject, Sendable {
    /// Called before the step. What it throws is thrown instead of taking the step.
    ///
    /// - Parameters:
    ///   - tree: the tree's name, where the step has one.
    ///   - key: the key's bytes; empty where the step has none.
    func willCall(_ operation: Operation, tree: String?, key: borrowing RawSpan) throws(KeyValueError)

    /// Called after the step has succeeded, if it is one that makes something durable: open, commit, nested commit,
    /// sync, copy.
    func didCall(_ operation: Operation)
}

extension CallInterceptor {
    package func didCall(_ operation: Operation) {}
}

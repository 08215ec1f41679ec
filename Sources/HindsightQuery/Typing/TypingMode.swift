/// What happens where an operation meets a value of a kind that it is not defined for.
package enum TypingMode: Sendable, Hashable {
    /// The operation gives MISSING and the query goes on; PartiQL's default.
    case permissive
    /// The statement fails with an error at the operation.
    case strict
}

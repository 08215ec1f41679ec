import HindsightSyntax
import HindsightValues

/// The values that a statement is run with: for `?` by position, for `:name` by name (without the colon).
package struct Parameters: Sendable {
    package var positional: [Value]
    package var named: [(name: String, value: Value)]

    package init(_ positional: [Value] = [], named: [(name: String, value: Value)] = []) {
        self.positional = positional
        self.named = named
    }

    package static let none = Parameters()

    /// The values in the binder's order: positional ones, then the named ones in the order of their first use.
    ///
    /// - Throws: `parameterMismatch` if there are too few, too many, or unknown ones.
    func values(for wanted: ParameterList) throws(QueryError) -> [Value] {
        guard positional.count == wanted.positionalCount else {
            throw QueryError(
                .parameterMismatch,
                "the statement has \(wanted.positionalCount) positional parameters, found \(positional.count) values",
                at: nil)
        }
        if wanted.names.isEmpty, named.isEmpty { return positional }
        for (name, _) in named where !wanted.names.contains(where: { TextOrder.isEqual($0, name) }) {
            let hint = Suggestion.closest(to: name, in: wanted.names).map { "did you mean ':\($0)'?" }
            throw QueryError(
                .parameterMismatch, "the statement has no parameter ':\(name)'", at: nil, hint: hint)
        }
        var values = positional
        for name in wanted.names {
            guard let match = named.first(where: { TextOrder.isEqual($0.name, name) }) else {
                throw QueryError(.parameterMismatch, "there is no value for the parameter ':\(name)'", at: nil)
            }
            values.append(match.value)
        }
        return values
    }
}

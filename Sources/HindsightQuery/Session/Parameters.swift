import HindsightSyntax
import HindsightValues

/// The values that a statement is run with: for `?` by position, for `:name` by name (without the colon).
package struct Parameters: Sendable {
    package var positional: [Value]
    package var named: [(name: String, value: Value)]
    /// The value of a statement's only parameter, encoded already.
    package let item: EncodedItem?

    package init(_ positional: [Value] = [], named: [(name: String, value: Value)] = []) {
        self.positional = positional
        self.named = named
        item = nil
    }

    package init(item: EncodedItem) {
        positional = []
        named = []
        self.item = item
    }

    package static let none = Parameters()

    /// What an execution of a statement that wants `wanted` gets.
    ///
    /// - Throws: `parameterMismatch` if there are too few, too many, or unknown ones.
    func arguments(for wanted: ParameterList) throws(QueryError) -> Arguments {
        guard let item else { return Arguments(given: try values(for: wanted)) }
        let count = wanted.positionalCount + wanted.names.count
        guard count == 1 else {
            throw QueryError(
                .parameterMismatch, "the statement has \(count) parameters, and an item is the value of the only one",
                at: nil)
        }
        return Arguments(item: item)
    }

    /// The values in the binder's order: positional ones, then the named ones in the order of their first use.
    private func values(for wanted: ParameterList) throws(QueryError) -> [Value] {
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

/// The values of a statement's parameters for one execution.
struct Arguments: Sendable {
    private let given: [Value]
    /// The value of the only parameter, encoded. What can store it as it is need not ask for `values`.
    let item: EncodedItem?

    init(given: [Value] = []) {
        self.given = given
        item = nil
    }

    init(item: EncodedItem) {
        given = []
        self.item = item
    }

    /// The values in the order of the binder's numbering.
    var values: [Value] {
        if let item { [.structure(item.structure)] } else { given }
    }
}

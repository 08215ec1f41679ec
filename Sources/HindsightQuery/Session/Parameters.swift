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
}

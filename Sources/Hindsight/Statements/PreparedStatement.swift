import HindsightQuery
import HindsightSyntax
import HindsightValues

/// A statement that was parsed and planned once, to be run any number of times with other values, from any thread.
///
/// ```swift
/// let cheap = try db.prepare("SELECT * FROM Music WHERE Price < ?")
/// let rows = try db.query(cheap.bind(2), as: Track.self)
/// ```
public struct PreparedStatement: Sendable {
    let prepared: HindsightQuery.PreparedStatement

    public var text: String { prepared.text }

    /// The statement as the parser understood it.
    package var syntax: HindsightSyntax.Statement { prepared.statement }

    /// The statement with values for its `?`, in order.
    public func bind(_ values: any ValueConvertible...) -> Statement {
        Statement(prepared: prepared, parameters: Parameters(values.map(\.value)))
    }

    /// The statement with an item for its only parameter. INSERT and REPLACE store it as it is, without a look at more
    /// than its key.
    public func bind(item: EncodedItem) -> Statement {
        Statement(prepared: prepared, parameters: Parameters(item: item))
    }

    /// The statement with values for its `:name` parameters, by name without the colon.
    public func bind(named values: [String: any ValueConvertible]) -> Statement {
        Statement(prepared: prepared, parameters: Parameters(named: values.map { ($0.key, $0.value.value) }))
    }
}

import HindsightQuery
import HindsightValues

/// A statement with the values of its parameters.
///
/// Interpolated values are bound, never pasted into the text:
///
/// ```swift
/// let artist = "Björk"
/// let tracks = try db.query("SELECT * FROM Music WHERE Artist = \(artist)", as: Track.self)
/// ```
///
/// A name of a table or an attribute cannot be bound; put it in with `\(identifier:)`, which quotes it.
public struct Statement: Sendable {
    enum Source: Sendable {
        case text(String)
        case prepared(HindsightQuery.PreparedStatement)
    }

    let source: Source
    var parameters: HindsightQuery.Parameters

    /// A statement with `?` parameters, in order, and `:name` parameters, by name without the colon.
    public init(
        _ text: String, _ positional: [any ValueConvertible] = [], named: [String: any ValueConvertible] = [:]
    ) {
        source = .text(text)
        parameters = Parameters(positional.map(\.value), named: named.map { ($0.key, $0.value.value) })
    }

    init(prepared: HindsightQuery.PreparedStatement, parameters: HindsightQuery.Parameters) {
        source = .prepared(prepared)
        self.parameters = parameters
    }

    /// The text, with `?` where values are bound.
    public var text: String {
        switch source {
        case .text(let text): text
        case .prepared(let prepared): prepared.text
        }
    }
}

extension Statement: ExpressibleByStringInterpolation {
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var text = ""
        var values: [Value] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some ValueConvertible) {
            text += "?"
            values.append(value.value)
        }

        /// Binds what an `Encodable` type encodes to, for `INSERT INTO t VALUE \(encoding: item)`.
        ///
        /// - Throws: what encoding throws.
        public mutating func appendInterpolation(encoding item: some Encodable) throws {
            text += "?"
            values.append(try ValueEncoder().encode(item))
        }

        /// Writes a moment as `AS OF`, `AT` and `TO` take it.
        public mutating func appendInterpolation(moment: Moment) {
            switch moment {
            case .now, .latest: text += "LATEST"
            case .earliest: text += "EARLIEST"
            case .time(let date): appendInterpolation(Timestamp(clock: date.microsecondsSince1970))
            case .microseconds(let microseconds): appendInterpolation(Timestamp(clock: microseconds))
            case .version(let version): appendInterpolation("v\(version)")
            case .restorePoint(let name): appendInterpolation(identifier: name)
            }
        }

        /// Writes a name of a table, index or attribute, quoted.
        public mutating func appendInterpolation(identifier name: String) {
            text += quotedIdentifier(name)
        }
    }

    public init(stringLiteral text: String) {
        self.init(text)
    }

    public init(stringInterpolation: StringInterpolation) {
        source = .text(stringInterpolation.text)
        parameters = Parameters(stringInterpolation.values)
    }
}

/// A name in double quotes, as the language reads it back exactly.
func quotedIdentifier(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

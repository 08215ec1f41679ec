import HindsightSyntax

/// A type as CAST and IS name it, with its parameters.
package enum TypeDescriptor: Sendable, Hashable {
    case any
    case missing
    case null
    case bool
    /// TINYINT, SMALLINT, INTEGER, BIGINT and INT: integers of 8, 16, 32 or 64 bits.
    case integer(bits: Int)
    /// DECIMAL and NUMERIC: digits in all, and digits after the point.
    case decimal(precision: Int?, scale: Int)
    /// NUMBER: any number, kept as it is.
    case number
    case float
    case string
    /// CHAR(n) and VARCHAR(n), in code points; `isFixed` pads with spaces.
    case characters(length: Int, isFixed: Bool)
    case symbol
    case blob
    case clob
    case date
    case time(precision: Int?, hasZone: Bool)
    case timestamp(precision: Int?, hasZone: Bool)
    case interval(IntervalType?)
    case list
    case bag
    case sexp
    case structure
}

/// The fields of INTERVAL x TO y, with the digits of the leading field and of the fraction of a second.
package struct IntervalType: Sendable, Hashable {
    package var leading: DatePart
    package var trailing: DatePart
    package var precision: Int
    package var fractionDigits: Int

    package init(leading: DatePart, trailing: DatePart, precision: Int?, fractionDigits: Int?) {
        self.leading = leading
        self.trailing = trailing
        self.precision = precision ?? IntervalType.defaultPrecision
        self.fractionDigits = fractionDigits ?? IntervalType.defaultFractionDigits
    }

    /// Digits of the leading field where none are asked for (SQL: implementation-defined, at least 2).
    package static let defaultPrecision = 2
    /// Digits of a second where none are asked for.
    package static let defaultFractionDigits = 6
}

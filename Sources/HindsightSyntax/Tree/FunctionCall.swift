/// A call of a function or an aggregate. The forms with words between their arguments are written down as ordinary calls:
///
/// | text | arguments | detail |
/// | --- | --- | --- |
/// | `SUBSTRING(s FROM a FOR n)` | s, a, n | |
/// | `POSITION(x IN s)` | x, s | |
/// | `OVERLAY(s PLACING x FROM a FOR n)` | s, x, a, n | |
/// | `TRIM(LEADING c FROM s)` | c, s | `.trim(.leading)` |
/// | `TRIM(s)` | s | `.trim(.both)` |
/// | `EXTRACT(YEAR FROM t)` | t | `.part(.year)` |
/// | `DATE_ADD(YEAR, n, t)` | n, t | `.part(.year)` |
/// | `DATE_DIFF(YEAR, t, u)` | t, u | `.part(.year)` |
package struct FunctionCall: Sendable, Equatable {
    /// As written; function names ignore case.
    package let name: Identifier
    package let quantifier: SetQuantifier?
    package let arguments: [Expression]
    /// `COUNT(*)`; there are no arguments then.
    package let isStar: Bool
    package let detail: Detail?
    /// `FILTER (WHERE condition)`: the rows that an aggregate takes.
    package var filter: Expression?
    /// `IGNORE NULLS`, `RESPECT NULLS`.
    package var nullTreatment: NullTreatment?

    package enum Detail: Sendable, Equatable {
        case trim(TrimSide)
        case part(DatePart)
    }

    package init(
        name: Identifier, quantifier: SetQuantifier? = nil, arguments: [Expression], isStar: Bool = false,
        detail: Detail? = nil
    ) {
        self.name = name
        self.quantifier = quantifier
        self.arguments = arguments
        self.isStar = isStar
        self.detail = detail
    }
}

package enum SetQuantifier: String, Sendable {
    case all = "ALL"
    case distinct = "DISTINCT"
}

package enum NullTreatment: String, Sendable {
    case ignore = "IGNORE"
    case respect = "RESPECT"
}

package enum TrimSide: String, Sendable, CaseIterable {
    case leading = "LEADING"
    case trailing = "TRAILING"
    case both = "BOTH"
}

package enum DatePart: String, Sendable, CaseIterable {
    case year = "YEAR"
    case month = "MONTH"
    case day = "DAY"
    case hour = "HOUR"
    case minute = "MINUTE"
    case second = "SECOND"
    case timezoneHour = "TIMEZONE_HOUR"
    case timezoneMinute = "TIMEZONE_MINUTE"
}

/// One value of the language: a scalar, a collection, or one of the two absent values.
///
/// The cases follow the PartiQL data model. `null` and `missing` differ everywhere; `string` and `symbol` are one text
/// type for equality and order, and so are `list` and `sexp`. A bag of unique strings, numbers, or binaries is what
/// DynamoDB calls a set.
///
/// A value takes 24 bytes: payloads are at most 19 bytes, so that the case fits behind them and rows stay flat.
public enum Value: Sendable {
    case missing
    case null
    case bool(Bool)
    case int(Int64)
    case decimal(Number)
    case float(Double)
    case string(String)
    case symbol(String)
    case timestamp(Timestamp)
    case date(CalendarDate)
    case time(TimeOfDay)
    case interval(Interval)
    case blob([UInt8])
    case clob([UInt8])
    case list([Value])
    case bag([Value])
    case sexp([Value])
    case structure(Structure)
}

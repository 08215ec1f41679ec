/// A type as it is named behind IS and in CAST.
package struct DataType: Sendable, Equatable {
    package let kind: Kind
    @Uncompared package private(set) var span: SourceSpan

    package init(_ kind: Kind, span: SourceSpan) {
        self.kind = kind
        self.span = span
    }

    package enum Kind: Sendable, Equatable {
        case any
        case null
        case missing
        case bool
        /// 8 bits
        case tinyInt
        /// 16 bits, also INT2
        case smallInt
        /// 32 bits, also INT4
        case integer
        /// INT: the engine's own integers, of 64 bits
        case int
        /// 64 bits, also INT8
        case bigInt
        /// DECIMAL and NUMERIC with digits in all and digits after the point
        case decimal(precision: Int?, scale: Int?)
        /// NUMBER: any number, as DynamoDB's N
        case number
        case real
        case doublePrecision
        case float(precision: Int?)
        case char(length: Int?)
        case varchar(length: Int?)
        case string(length: Int?)
        case symbol
        case clob(length: Int?)
        case blob(length: Int?)
        /// BINARY: any octets, as DynamoDB's B
        case binary
        case date
        case time(precision: Int?, hasZone: Bool)
        case timestamp(precision: Int?, hasZone: Bool)
        case interval(IntervalQualifier?)
        /// LIST and ARRAY
        case list
        case bag
        case sexp
        /// STRUCT and TUPLE
        case structure
        case map
    }
}

/// `YEAR(4) TO MONTH`, `SECOND(2, 6)`: which fields an interval has, and how many digits.
package struct IntervalQualifier: Sendable, Equatable {
    package let first: DatePart
    /// The field behind TO; nil for a single field.
    package let last: DatePart?
    /// Digits of the leading field; 2 if not written.
    package let precision: Int?
    /// Digits after the seconds; 6 if not written.
    package let fractionDigits: Int?

    package init(first: DatePart, last: DatePart?, precision: Int?, fractionDigits: Int?) {
        self.first = first
        self.last = last
        self.precision = precision
        self.fractionDigits = fractionDigits
    }
}

extension Parser {
    ///     dataType ::= 'ANY' | 'NULL' | 'MISSING' | 'BOOL' | 'BOOLEAN'
    ///                | 'TINYINT' | 'SMALLINT' | 'INT2' | 'INTEGER' | 'INT4' | 'INT' | 'BIGINT' | 'INT8'
    ///                | 'NUMBER' | 'REAL' | 'SYMBOL' | 'BINARY' | 'DATE'
    ///                | 'LIST' | 'ARRAY' | 'BAG' | 'SEXP' | 'STRUCT' | 'TUPLE' | 'MAP'
    ///                | decimalType | floatType | textType | timeType | intervalType
    mutating func dataType() throws(SyntaxError) -> DataType {
        let start = token.span
        if let simple = simpleType() { return DataType(simple, span: start) }
        let kind = try typeWithArguments()
        return DataType(kind, span: span(from: start))
    }

    /// A type of one word, taken if it is there.
    private mutating func simpleType() -> DataType.Kind? {
        guard case .keyword(let keyword) = kind, let type = Self.simpleTypes[keyword] else { return nil }
        advance()
        return type
    }

    private static let simpleTypes: [Keyword: DataType.Kind] = [
        .any: .any, .null: .null, .missing: .missing, .bool: .bool, .boolean: .bool, .tinyint: .tinyInt,
        .smallint: .smallInt, .int2: .smallInt, .integer: .integer, .int4: .integer, .int: .int, .bigint: .bigInt,
        .int8: .bigInt, .number: .number, .real: .real, .symbol: .symbol, .binary: .binary, .date: .date, .list: .list,
        .array: .list, .bag: .bag, .sexp: .sexp, .struct: .structure, .tuple: .structure, .map: .map,
    ]

    private mutating func typeWithArguments() throws(SyntaxError) -> DataType.Kind {
        switch kind {
        case .keyword(.decimal), .keyword(.dec), .keyword(.numeric): try decimalType()
        case .keyword(.float), .keyword(.double): try floatType()
        case .keyword(.char), .keyword(.character), .keyword(.varchar), .keyword(.string), .keyword(.clob),
            .keyword(.blob):
            try textType()
        case .keyword(.time), .keyword(.timestamp): try timeType()
        case .keyword(.interval): try intervalType()
        default: throw unknownType()
        }
    }

    ///     decimalType ::= ( 'DECIMAL' | 'DEC' | 'NUMERIC' ) ( '(' INTEGER ( ',' INTEGER )? ')' )?
    mutating func decimalType() throws(SyntaxError) -> DataType.Kind {
        advance()
        guard consume(.leftParenthesis) else { return .decimal(precision: nil, scale: nil) }
        let precision = try count("the number of digits")
        let scale = consume(.comma) ? try count("the number of digits after the point") : nil
        try expect(.rightParenthesis, "`)`")
        return .decimal(precision: precision, scale: scale)
    }

    ///     floatType ::= 'FLOAT' typeLength? | 'DOUBLE' 'PRECISION'
    mutating func floatType() throws(SyntaxError) -> DataType.Kind {
        if consume(.double) {
            try expect(.precision)
            return .doublePrecision
        }
        try expect(.float)
        return .float(precision: try typeLength())
    }

    ///     textType ::= ( ( 'CHAR' | 'CHARACTER' ) 'VARYING'? | 'VARCHAR' | 'STRING' | 'CLOB' | 'BLOB' ) typeLength?
    mutating func textType() throws(SyntaxError) -> DataType.Kind {
        let word = kind
        advance()
        let isVarying = (word == .keyword(.char) || word == .keyword(.character)) && consume(.varying)
        let length = try typeLength()
        return switch word {
        case .keyword(.varchar): .varchar(length: length)
        case .keyword(.string): .string(length: length)
        case .keyword(.clob): .clob(length: length)
        case .keyword(.blob): .blob(length: length)
        default: isVarying ? .varchar(length: length) : .char(length: length)
        }
    }

    ///     typeLength ::= '(' INTEGER ')'
    mutating func typeLength() throws(SyntaxError) -> Int? {
        guard consume(.leftParenthesis) else { return nil }
        let length = try count("a length")
        try expect(.rightParenthesis, "`)`")
        return length
    }

    ///     timeType ::= ( 'TIME' | 'TIMESTAMP' ) precision? timeZone?
    mutating func timeType() throws(SyntaxError) -> DataType.Kind {
        let isTime = at(.time)
        advance()
        let digits = at(.leftParenthesis) ? try precision() : nil
        let hasZone = at(.without) || (at(.with) && peek(1, is: .time)) ? try timeZone() == .required : false
        return isTime ? .time(precision: digits, hasZone: hasZone) : .timestamp(precision: digits, hasZone: hasZone)
    }

    ///     intervalType ::= 'INTERVAL' intervalQualifier?
    mutating func intervalType() throws(SyntaxError) -> DataType.Kind {
        try expect(.interval)
        return .interval(isIntervalField(kind) ? try intervalQualifier() : nil)
    }

    private func isIntervalField(_ kind: TokenKind) -> Bool {
        switch kind {
        case .keyword(.year), .keyword(.month), .keyword(.day), .keyword(.hour), .keyword(.minute), .keyword(.second):
            true
        default:
            false
        }
    }

    /// Which fields an interval has. The digits of the leading field stand behind it; the digits after the seconds behind
    /// SECOND, after a comma if it is the leading field.
    ///
    ///     intervalQualifier ::= 'YEAR' typeLength? ( 'TO' 'MONTH' )? | 'MONTH' typeLength?
    ///                         | 'DAY' typeLength? ( 'TO' ( 'HOUR' | 'MINUTE' | 'SECOND' precision? ) )?
    ///                         | 'HOUR' typeLength? ( 'TO' ( 'MINUTE' | 'SECOND' precision? ) )?
    ///                         | 'MINUTE' typeLength? ( 'TO' 'SECOND' precision? )?
    ///                         | 'SECOND' ( '(' INTEGER ( ',' INTEGER )? ')' )?
    mutating func intervalQualifier() throws(SyntaxError) -> IntervalQualifier {
        guard isIntervalField(kind) else {
            throw unexpected("a field such as `DAY` or `YEAR TO MONTH`")
        }
        let first = try datePart()
        guard first != .second else { return try secondQualifier() }
        let length = try typeLength()
        let end = at(.to) && isIntervalField(peek(1)) ? try intervalEnd(after: first) : nil
        return IntervalQualifier(
            first: first, last: end?.field, precision: length, fractionDigits: end?.fractionDigits)
    }

    private mutating func secondQualifier() throws(SyntaxError) -> IntervalQualifier {
        var length: Int?
        var digits: Int?
        if consume(.leftParenthesis) {
            length = try count("the number of digits")
            digits = consume(.comma) ? try fractionDigits() : nil
            try expect(.rightParenthesis, "`)`")
        }
        return IntervalQualifier(first: .second, last: nil, precision: length, fractionDigits: digits)
    }

    /// From TO on: a field smaller than the first.
    private mutating func intervalEnd(
        after first: DatePart
    ) throws(SyntaxError) -> (field: DatePart, fractionDigits: Int?) {
        try expect(.to)
        let place = token
        let last = try datePart()
        guard last.isField(after: first) else {
            throw unexpected(first == .year ? "`MONTH`" : "a field smaller than `\(first.rawValue)`", found: place)
        }
        return (last, last == .second && at(.leftParenthesis) ? try precision() : nil)
    }
}

extension DatePart {
    /// Whether an interval may run from `first` to this field.
    fileprivate func isField(after first: DatePart) -> Bool {
        switch first {
        case .year: self == .month
        case .day: self == .hour || self == .minute || self == .second
        case .hour: self == .minute || self == .second
        case .minute: self == .second
        default: false
        }
    }
}

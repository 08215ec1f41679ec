import HindsightSyntax

extension TypeDescriptor {
    /// The type that a text names.
    ///
    /// - Throws: `invalidArgument` if its parameters cannot be: more digits after the point than in all, more than 38
    ///   digits, a length of 0, more than 9 digits of a second.
    package init(_ type: DataType) throws(QueryError) {
        switch type.kind {
        case .any: self = .any
        case .null: self = .null
        case .missing: self = .missing
        case .bool: self = .bool
        case .tinyInt: self = .integer(bits: 8)
        case .smallInt: self = .integer(bits: 16)
        case .integer: self = .integer(bits: 32)
        case .int, .bigInt: self = .integer(bits: 64)
        case .decimal(let precision, let scale): self = try .checkedDecimal(precision, scale ?? 0, at: type.span)
        case .number: self = .number
        case .real, .doublePrecision, .float: self = .float
        case .char(let length): self = try .checkedCharacters(length ?? 1, isFixed: true, at: type.span)
        case .varchar(let length?), .string(let length?):
            self = try .checkedCharacters(length, isFixed: false, at: type.span)
        case .varchar(nil), .string(nil): self = .string
        case .symbol: self = .symbol
        case .clob: self = .clob
        case .blob, .binary: self = .blob
        case .date: self = .date
        case .time(let precision, let hasZone):
            self = .time(precision: try checkedPrecision(precision, at: type.span), hasZone: hasZone)
        case .timestamp(let precision, let hasZone):
            self = .timestamp(precision: try checkedPrecision(precision, at: type.span), hasZone: hasZone)
        case .interval(let qualifier): self = .interval(qualifier.map(IntervalType.init))
        case .list: self = .list
        case .bag: self = .bag
        case .sexp: self = .sexp
        case .structure, .map: self = .structure
        }
    }

    private static func checkedDecimal(
        _ precision: Int?, _ scale: Int, at span: SourceSpan
    ) throws(QueryError) -> TypeDescriptor {
        guard let precision else { return .decimal(precision: nil, scale: scale) }
        guard (1...38).contains(precision) else {
            throw QueryError(.invalidArgument, "a decimal has 1 to 38 digits, not \(precision)", at: span)
        }
        guard scale <= precision else {
            throw QueryError(
                .invalidArgument, "a decimal of \(precision) digits cannot have \(scale) of them after the point",
                at: span)
        }
        return .decimal(precision: precision, scale: scale)
    }

    private static func checkedCharacters(
        _ length: Int, isFixed: Bool, at span: SourceSpan
    ) throws(QueryError) -> TypeDescriptor {
        guard length > 0 else {
            throw QueryError(.invalidArgument, "the length of a text type is at least 1", at: span)
        }
        return .characters(length: length, isFixed: isFixed)
    }
}

/// Digits of a second, 0 to 9.
private func checkedPrecision(_ precision: Int?, at span: SourceSpan) throws(QueryError) -> Int? {
    if let precision, precision > 9 {
        throw QueryError(.invalidArgument, "a second has at most 9 digits, not \(precision)", at: span)
    }
    return precision
}

extension IntervalType {
    init(_ qualifier: IntervalQualifier) {
        self.init(
            leading: qualifier.first, trailing: qualifier.last ?? qualifier.first, precision: qualifier.precision,
            fractionDigits: qualifier.fractionDigits)
    }
}

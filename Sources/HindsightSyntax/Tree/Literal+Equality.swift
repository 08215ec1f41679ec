import HindsightValues

extension Value {
    /// Whether both would be written alike: same type, digit for digit, fields in the same order.
    func isSameLiteral(as other: Value) -> Bool {
        switch (self, other) {
        case (.missing, .missing), (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.decimal(let left), .decimal(let right)): left.isSameLiteral(as: right)
        case (.float(let left), .float(let right)): left.bitPattern == right.bitPattern || (left.isNaN && right.isNaN)
        case (.string(let left), .string(let right)), (.symbol(let left), .symbol(let right)):
            left.utf8.elementsEqual(right.utf8)
        case (.timestamp(let left), .timestamp(let right)): left.isSameLiteral(as: right)
        case (.date(let left), .date(let right)): left == right
        case (.time(let left), .time(let right)):
            left.nanoseconds == right.nanoseconds && left.offsetMinutes == right.offsetMinutes
                && left.fractionDigits == right.fractionDigits
        case (.interval(let left), .interval(let right)): left == right
        case (.blob(let left), .blob(let right)), (.clob(let left), .clob(let right)): left == right
        case (.list(let left), .list(let right)), (.bag(let left), .bag(let right)),
            (.sexp(let left), .sexp(let right)):
            left.elementsEqual(right) { $0.isSameLiteral(as: $1) }
        case (.structure(let left), .structure(let right)):
            left.fields.elementsEqual(right.fields) {
                $0.name.utf8.elementsEqual($1.name.utf8) && $0.value.isSameLiteral(as: $1.value)
            }
        default: false
        }
    }
}

extension Number {
    fileprivate func isSameLiteral(as other: Number) -> Bool {
        coefficient == other.coefficient && exponent == other.exponent && isNegative == other.isNegative
    }
}

extension Timestamp {
    fileprivate func isSameLiteral(as other: Timestamp) -> Bool {
        seconds == other.seconds && nanoseconds == other.nanoseconds && zone == other.zone
            && precision == other.precision
    }
}

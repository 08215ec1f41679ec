import HindsightSyntax
import HindsightValues

/// `+` and `-` on dates, times and intervals, `*` and `/` of an interval and a number.
extension Arithmetic {
    static func onTimes(
        _ operation: ArithmeticOperator, _ left: Value, _ right: Value
    ) throws(EvaluationFailure) -> Value {
        switch (operation, left, right) {
        case (.add, .interval(let left), .interval(let right)):
            return try add(left, right)
        case (.subtract, .interval(let left), .interval(let right)):
            return try add(left, try checked { () throws(ValueError) in try right.negated })
        case (.add, let point, .interval(let interval)), (.add, .interval(let interval), let point):
            return try move(point, by: interval, otherwise: mismatch(operation, left, right))
        case (.subtract, let point, .interval(let interval)):
            let negated = try checked { () throws(ValueError) in try interval.negated }
            return try move(point, by: negated, otherwise: mismatch(operation, left, right))
        case (.subtract, .time(let left), .time(let right)):
            return .interval(try difference(left, right))
        case (.subtract, _, _):
            guard let left = left.instant, let right = right.instant else { throw mismatch(operation, left, right) }
            return .interval(try checked { () throws(ValueError) in try left.interval(since: right) })
        case (.multiply, .interval(let interval), let factor), (.multiply, let factor, .interval(let interval)),
            (.divide, .interval(let interval), let factor):
            return .interval(
                try scale(interval, operation, by: factor, otherwise: mismatch(operation, left, right)))
        default: throw mismatch(operation, left, right)
        }
    }

    private static func add(_ left: Interval, _ right: Interval) throws(EvaluationFailure) -> Value {
        guard left.isComparable(to: right) else {
            throw .mismatch("an interval of months and one of seconds cannot be added")
        }
        return .interval(try checked { () throws(ValueError) in try left.adding(right) })
    }

    /// A date, time or timestamp moved by an interval. A time of day has no months.
    private static func move(
        _ point: Value, by interval: Interval, otherwise mismatch: @autoclosure () -> EvaluationFailure
    ) throws(EvaluationFailure) -> Value {
        switch point {
        case .date(let date): return .date(try checked { () throws(ValueError) in try date.adding(interval) })
        case .timestamp(let timestamp):
            return .timestamp(try checked { () throws(ValueError) in try timestamp.adding(interval) })
        case .time(let time) where interval.family == .dayTime:
            return .time(try checked { () throws(ValueError) in try time.adding(interval) })
        default: throw mismatch()
        }
    }

    private static func difference(_ left: TimeOfDay, _ right: TimeOfDay) throws(EvaluationFailure) -> Interval {
        let nanoseconds = left.nanosecondsInUTC - right.nanosecondsInUTC
        return try checked { () throws(ValueError) in try .seconds(0, nanoseconds: nanoseconds) }
    }

    /// An interval times or divided by a number. Months and the last digit of a second are cut off, and the leading
    /// field, years or days, has the default precision of two digits.
    private static func scale(
        _ interval: Interval, _ operation: ArithmeticOperator, by factor: Value,
        otherwise mismatch: @autoclosure () -> EvaluationFailure
    ) throws(EvaluationFailure) -> Interval {
        guard KindSet.number.contains(KindSet(factor.kind)) else { throw mismatch() }
        let factor = try Cast.decimal(factor, precision: nil, scale: 0)
        let result: Interval
        switch interval.family {
        case .yearMonth: result = .months(try scaleMonths(interval.totalMonths, operation, by: factor))
        case .dayTime: result = try scaleSeconds(interval, operation, by: factor)
        }
        let isTooLong =
            abs(result.totalMonths) >= 100 * 12 || abs(result.totalSeconds) >= 100 * 86_400
        if isTooLong { throw .failed(.invalidTime, "the interval has more than 99 years or 99 days") }
        return result
    }

    private static func scaleMonths(
        _ months: Int64, _ operation: ArithmeticOperator, by factor: Number
    ) throws(EvaluationFailure) -> Int64 {
        let scaled = try checked { () throws(ValueError) in try scale(Number(months), operation, by: factor) }
        guard let whole = scaled.truncated().exactInt64 else { throw intervalOverflow }
        return whole
    }

    private static func scale(
        _ amount: Number, _ operation: ArithmeticOperator, by factor: Number
    ) throws(ValueError) -> Number {
        operation == .divide ? try amount.divided(by: factor) : try amount.multiplied(by: factor)
    }

    /// Seconds are counted to at least six digits.
    private static func scaleSeconds(
        _ interval: Interval, _ operation: ArithmeticOperator, by factor: Number
    ) throws(EvaluationFailure) -> Interval {
        let digits = interval.nanoseconds % 1000 == 0 ? 6 : 9
        let (seconds, nanoseconds) = try checked { () throws(ValueError) in
            let amount = try Number(interval.totalSeconds).adding(
                try Number(Int64(interval.nanoseconds)).divided(by: billion))
            let kept = try scale(amount, operation, by: factor).rounded(toScale: digits, .towardZero)
            let whole = kept.truncated()
            return (whole, try kept.subtracting(whole).multiplied(by: billion).truncated())
        }
        guard let seconds = seconds.exactInt64, let nanoseconds = nanoseconds.exactInt64 else {
            throw intervalOverflow
        }
        return try checked { () throws(ValueError) in try .seconds(seconds, nanoseconds: nanoseconds) }
    }

    private static let billion = Number(1_000_000_000)
    private static let intervalOverflow = EvaluationFailure.failed(.invalidTime, "the interval is out of range")
}

extension Value {
    /// The instant of a timestamp, or of the midnight of a date.
    var instant: Timestamp? {
        switch self {
        case .timestamp(let timestamp): timestamp
        case .date(let date): Timestamp(midnightOf: date)
        default: nil
        }
    }
}

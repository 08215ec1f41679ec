import HindsightSyntax
import HindsightValues

/// Casts to dates, times, timestamps and intervals.
extension Cast {
    static func temporal(_ value: Value, _ type: TypeDescriptor) throws(EvaluationFailure) -> Value {
        switch type {
        case .date: return .date(try date(value))
        case .time(let precision, let hasZone): return .time(try time(value, precision: precision, hasZone: hasZone))
        case .timestamp(let precision, let hasZone):
            return .timestamp(try timestamp(value, precision: precision, hasZone: hasZone))
        case .interval(let type): return .interval(try interval(value, type))
        default: throw impossible(value, type)
        }
    }

    private static func date(_ value: Value) throws(EvaluationFailure) -> CalendarDate {
        switch value {
        case .date(let date): return date
        case .timestamp(let timestamp): return timestamp.date
        case .string(let text), .symbol(let text):
            guard let date = CalendarDate(text) ?? Timestamp(text)?.date else { throw unreadable(text, "a date") }
            return date
        default: throw impossible(value, .date)
        }
    }

    private static func unreadable(_ text: String, _ what: String) -> EvaluationFailure {
        .mismatch("the text '\(text.preview)' is not \(what)")
    }

    /// A time that gets a zone is taken to be of UTC; one that loses it keeps what its clock shows.
    private static func time(
        _ value: Value, precision: Int?, hasZone: Bool
    ) throws(EvaluationFailure) -> TimeOfDay {
        var time: TimeOfDay
        switch value {
        case .time(let given): time = given
        case .timestamp(let timestamp): time = timestamp.timeOfDay
        case .string(let text), .symbol(let text):
            guard let parsed = TimeOfDay(text) else { throw unreadable(text, "a time") }
            time = parsed
        default: throw impossible(value, .time(precision: precision, hasZone: hasZone))
        }
        if let precision { time = rounded(time, toFractionDigits: precision) }
        let offset: Int? = hasZone ? Int(time.offsetMinutes ?? 0) : nil
        return TimeOfDay(
            hour: time.hour, minute: time.minute, second: time.second, nanosecond: time.nanosecond,
            offsetMinutes: offset, fractionDigits: Int(time.fractionDigits)) ?? time
    }

    private static func rounded(_ time: TimeOfDay, toFractionDigits digits: Int) -> TimeOfDay {
        let unit: Int64 = (min(digits, 9)..<9).reduce(1) { unit, _ in unit * 10 }
        let rest = time.nanoseconds % unit
        return time.adding(nanoseconds: rest * 2 >= unit ? unit - rest : -rest)
    }

    private static func timestamp(
        _ value: Value, precision: Int?, hasZone: Bool
    ) throws(EvaluationFailure) -> Timestamp {
        var timestamp: Timestamp
        switch value {
        case .timestamp(let given): timestamp = given
        case .date(let date): timestamp = Timestamp(midnightOf: date)
        case .string(let text), .symbol(let text):
            guard let parsed = Timestamp(text) else { throw unreadable(text, "a timestamp") }
            timestamp = parsed
        default: throw impossible(value, .timestamp(precision: precision, hasZone: hasZone))
        }
        return try Arithmetic.checked { () throws(ValueError) in
            if let precision { timestamp = try timestamp.rounded(toFractionDigits: precision) }
            if hasZone { return timestamp.zone == .none ? try timestamp.at(.utc) : timestamp }
            return try Timestamp(
                date: timestamp.date, time: timestamp.timeOfDay, zone: .none, precision: timestamp.precision)
        }
    }

    /// An interval loses what is finer than its last field, and must fit into the digits of its first.
    private static func interval(_ value: Value, _ type: IntervalType?) throws(EvaluationFailure) -> Interval {
        switch value {
        case .interval(let interval):
            guard let type else { return interval }
            guard type.isMonths == (interval.family == .yearMonth) else { throw impossible(value, .interval(type)) }
            return try fitted(interval, to: type)
        case .string(let text), .symbol(let text):
            guard let type, let first = IntervalField(type.leading), let last = IntervalField(type.trailing),
                let interval = try? Interval.parse(
                    text, from: first, to: last, leadingDigits: type.precision, fractionDigits: type.fractionDigits)
            else { throw unreadable(text, "an interval of these fields") }
            return interval
        default: throw impossible(value, .interval(type))
        }
    }

    private static func fitted(_ interval: Interval, to type: IntervalType) throws(EvaluationFailure) -> Interval {
        let limit: Int64 = (0..<min(type.precision, 18)).reduce(1) { limit, _ in limit * 10 }
        let fields = interval.components
        let sign: Int64 = fields.isNegative ? -1 : 1
        if type.isMonths {
            let amount = Int64(clamping: fields.years * 12 + fields.months)
            let unit = type.trailing.unit
            guard amount / type.leading.unit < limit else { throw tooLong(type) }
            return .months(sign * (amount / unit * unit))
        }
        let seconds = Int64(
            clamping: fields.days * 86_400 + fields.hours * 3600 + fields.minutes * 60 + fields.seconds)
        guard seconds / type.leading.unit < limit else { throw tooLong(type) }
        let kept = seconds / type.trailing.unit * type.trailing.unit
        let digitUnit = (min(type.fractionDigits, 9)..<9).reduce(1) { unit, _ in unit * 10 }
        let nanoseconds = type.trailing == .second ? fields.nanoseconds / digitUnit * digitUnit : 0
        return try Arithmetic.checked { () throws(ValueError) in
            try .seconds(sign * kept, nanoseconds: sign * Int64(nanoseconds))
        }
    }

    private static func tooLong(_ type: IntervalType) -> EvaluationFailure {
        .failed(.invalidTime, "the interval has more than \(type.precision) digits of \(type.leading.rawValue)")
    }
}

extension IntervalField {
    /// nil for the fields of a time zone.
    init?(_ part: DatePart) {
        switch part {
        case .year: self = .year
        case .month: self = .month
        case .day: self = .day
        case .hour: self = .hour
        case .minute: self = .minute
        case .second: self = .second
        case .timezoneHour, .timezoneMinute: return nil
        }
    }
}

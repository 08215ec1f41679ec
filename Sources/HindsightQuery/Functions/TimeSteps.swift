import HindsightSyntax
import HindsightValues

/// EXTRACT: one field of a date, time, timestamp or interval.
enum TimeField {
    static func extract(_ part: DatePart, from value: Value) throws(EvaluationFailure) -> Value {
        let field: Value?
        switch value {
        case .date(let date): field = extract(part, from: date)
        case .time(let time): field = try extract(part, from: time)
        case .timestamp(let timestamp):
            if let found = extract(part, from: timestamp.date) { return found }
            field = try extract(part, from: timestamp.timeOfDay)
        case .interval(let interval): field = try extract(part, from: interval)
        default: field = nil
        }
        guard let field else { throw .mismatch("\(value.kindPhrase) has no \(part.rawValue)") }
        return field
    }

    private static func extract(_ part: DatePart, from date: CalendarDate) -> Value? {
        switch part {
        case .year: .int(Int64(date.year))
        case .month: .int(Int64(date.month))
        case .day: .int(Int64(date.day))
        default: nil
        }
    }

    private static func extract(_ part: DatePart, from time: TimeOfDay) throws(EvaluationFailure) -> Value? {
        switch part {
        case .hour: .int(Int64(time.hour))
        case .minute: .int(Int64(time.minute))
        case .second: try seconds(Int64(time.second), nanoseconds: time.nanosecond)
        case .timezoneHour: time.offsetMinutes.map { .int(Int64($0 / 60)) }
        case .timezoneMinute: time.offsetMinutes.map { .int(Int64($0 % 60)) }
        case .year, .month, .day: nil
        }
    }

    private static func extract(_ part: DatePart, from interval: Interval) throws(EvaluationFailure) -> Value? {
        let fields = interval.components
        let sign: Int64 = fields.isNegative ? -1 : 1
        let amount: UInt64
        switch (part, interval.family) {
        case (.year, .yearMonth): amount = fields.years
        case (.month, .yearMonth): amount = fields.months
        case (.day, .dayTime): amount = fields.days
        case (.hour, .dayTime): amount = fields.hours
        case (.minute, .dayTime): amount = fields.minutes
        case (.second, .dayTime):
            return try seconds(sign * Int64(fields.seconds), nanoseconds: Int(sign) * fields.nanoseconds)
        default: return nil
        }
        return .int(sign * Int64(clamping: amount))
    }

    /// Seconds with their fraction as a decimal.
    static func seconds(_ seconds: Int64, nanoseconds: Int) throws(EvaluationFailure) -> Value {
        .decimal(
            try Arithmetic.checked { () throws(ValueError) in
                try Number(seconds).adding(try Number(Int64(nanoseconds)).divided(by: Number(1_000_000_000)))
            })
    }
}

/// DATE_ADD and DATE_DIFF.
enum TimeStep {
    /// The time some units later. A timestamp gets at least the precision of the unit.
    static func add(_ count: Int64, _ part: DatePart, to time: Value) throws(EvaluationFailure) -> Value {
        let amount = try length(of: count, part)
        let isMonths = part == .year || part == .month
        switch time {
        case .timestamp(let timestamp):
            let moved = try Arithmetic.checked { () throws(ValueError) in
                isMonths ? try timestamp.adding(months: Int(amount)) : try timestamp.adding(seconds: amount)
            }
            let precision = max(timestamp.precision, precision(of: part))
            return .timestamp(
                try Arithmetic.checked { () throws(ValueError) in
                    try Timestamp(
                        seconds: moved.seconds, nanoseconds: moved.nanoseconds, zone: moved.zone, precision: precision)
                })
        case .date(let date) where isMonths:
            return .date(try Arithmetic.checked { () throws(ValueError) in try date.adding(months: Int(amount)) })
        case .date(let date) where part == .day:
            return .date(try Arithmetic.checked { () throws(ValueError) in try date.adding(days: Int(count)) })
        case .time(let time) where !isMonths && part != .day:
            return .time(time.adding(nanoseconds: amount % 86_400 * 1_000_000_000))
        default: throw .mismatch("\(part.rawValue) cannot be added to \(time.kindPhrase)")
        }
    }

    /// Months for years and months, else seconds.
    private static func length(of count: Int64, _ part: DatePart) throws(EvaluationFailure) -> Int64 {
        let (amount, overflows) = count.multipliedReportingOverflow(by: part.unit)
        if overflows { throw EvaluationFailure(.timeOverflow) }
        return amount
    }

    private static func precision(of part: DatePart) -> Timestamp.Precision {
        switch part {
        case .year: .year
        case .month: .month
        case .day: .day
        case .hour, .minute: .minute
        case .second, .timezoneHour, .timezoneMinute: .second
        }
    }

    /// The whole units between two times, cut towards zero.
    static func difference(_ part: DatePart, from start: Value, to end: Value) throws(EvaluationFailure) -> Int64 {
        let isMonths = part == .year || part == .month
        if case .time(let start) = start, case .time(let end) = end, !isMonths {
            return (end.nanosecondsInUTC - start.nanosecondsInUTC) / (part.unit * 1_000_000_000)
        }
        guard let start = start.instant, let end = end.instant else {
            throw .mismatch("there is no \(part.rawValue) from \(start.kindPhrase) to \(end.kindPhrase)")
        }
        if isMonths { return try months(from: start, to: end) / part.unit }
        var whole = end.seconds - start.seconds
        let fraction = end.nanoseconds - start.nanoseconds
        if whole > 0 && fraction < 0 { whole -= 1 }
        if whole < 0 && fraction > 0 { whole += 1 }
        return whole / part.unit
    }

    /// Whole months as the calendar at the offset of `start` has them.
    private static func months(from start: Timestamp, to end: Timestamp) throws(EvaluationFailure) -> Int64 {
        let end = try Arithmetic.checked { () throws(ValueError) in try end.at(start.zone) }
        let dates = (start.date, end.date)
        let months = (dates.1.year - dates.0.year) * 12 + dates.1.month - dates.0.month
        let startRest = (dates.0.day, start.timeOfDay.nanoseconds)
        let endRest = (dates.1.day, end.timeOfDay.nanoseconds)
        if months > 0 && endRest < startRest { return Int64(months - 1) }
        if months < 0 && endRest > startRest { return Int64(months + 1) }
        return Int64(months)
    }
}

extension DatePart {
    /// Of a year and a month, how many months it has; of other fields, how many seconds.
    var unit: Int64 {
        switch self {
        case .year: 12
        case .day: 86_400
        case .hour: 3600
        case .minute: 60
        case .month, .second, .timezoneHour, .timezoneMinute: 1
        }
    }
}

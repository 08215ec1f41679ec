import HindsightSyntax
import HindsightValues

/// A field of time by its name as text: what DATE_PART and DATE_TRUNC take besides the fields of EXTRACT.
enum TimeUnit: String, Sendable, CaseIterable {
    case millennium = "MILLENNIUM"
    case century = "CENTURY"
    case decade = "DECADE"
    case year = "YEAR"
    case isoYear = "ISOYEAR"
    case quarter = "QUARTER"
    case month = "MONTH"
    case week = "WEEK"
    case day = "DAY"
    case dayOfWeek = "DOW"
    case isoDayOfWeek = "ISODOW"
    case dayOfYear = "DOY"
    case hour = "HOUR"
    case minute = "MINUTE"
    case second = "SECOND"
    case millisecond = "MILLISECOND"
    case microsecond = "MICROSECOND"
    case epoch = "EPOCH"
    case timezoneHour = "TIMEZONE_HOUR"
    case timezoneMinute = "TIMEZONE_MINUTE"

    /// The unit of a name, in any case, alone or in the plural.
    ///
    /// - Throws: `invalidArgument` for any other text.
    init(named text: String) throws(EvaluationFailure) {
        let name = text.uppercased()
        if let unit = TimeUnit(rawValue: name) ?? TimeUnit(rawValue: String(name.dropLast(name.hasSuffix("S") ? 1 : 0)))
        {
            self = unit
            return
        }
        let hint = Suggestion.closest(to: text, in: TimeUnit.allCases.map(\.rawValue))
        throw .failed(
            .invalidArgument,
            "'\(text.preview)' is no field of time" + (hint.map { "; did you mean '\($0)'?" } ?? ""))
    }
}

// MARK: DATE_PART

extension TimeUnit {
    /// The field of a date, time, timestamp or interval.
    func extract(from value: Value) throws(EvaluationFailure) -> Value {
        if let part { return try TimeField.extract(part, from: value) }
        if self == .epoch { return try TimeUnit.epoch(of: value) }
        if self == .millisecond || self == .microsecond {
            let seconds = try TimeField.extract(.second, from: value)
            return try Arithmetic.apply(.multiply, seconds, .int(self == .millisecond ? 1000 : 1_000_000))
        }
        guard let date = value.instant?.date, let number = number(of: date) else {
            throw .mismatch("\(value.kindPhrase) has no \(rawValue)")
        }
        return .int(Int64(number))
    }

    /// The field of EXTRACT of the same name.
    private var part: DatePart? { DatePart(rawValue: rawValue) }

    private func number(of date: CalendarDate) -> Int? {
        switch self {
        case .millennium: return date.year > 0 ? (date.year + 999) / 1000 : nil
        case .century: return date.year > 0 ? (date.year + 99) / 100 : nil
        case .decade: return date.year >= 0 ? date.year / 10 : nil
        case .quarter: return (date.month + 2) / 3
        case .isoYear: return date.isoWeek.year
        case .week: return date.isoWeek.week
        case .dayOfWeek: return date.isoDayOfWeek % 7
        case .isoDayOfWeek: return date.isoDayOfWeek
        case .dayOfYear: return date.dayOfYear
        default: return nil
        }
    }

    /// Seconds since 1970-01-01T00:00Z, or those of a time of day or an interval.
    private static func epoch(of value: Value) throws(EvaluationFailure) -> Value {
        switch value {
        case .time(let time): return try exactSeconds(time.nanosecondsInUTC / 1_000_000_000, time.nanosecond)
        case .interval(let interval):
            guard interval.family == .dayTime else { throw .mismatch("months have no number of seconds") }
            return try exactSeconds(interval.totalSeconds, interval.nanoseconds)
        default:
            guard let instant = value.instant else { throw .mismatch("\(value.kindPhrase) has no EPOCH") }
            return try exactSeconds(instant.seconds, Int(instant.nanoseconds))
        }
    }

    private static func exactSeconds(_ seconds: Int64, _ nanoseconds: Int) throws(EvaluationFailure) -> Value {
        nanoseconds == 0 ? .int(seconds) : try TimeField.seconds(seconds, nanoseconds: nanoseconds)
    }
}

// MARK: DATE_TRUNC

extension TimeUnit {
    /// The start of the unit that a date, time or timestamp lies in, at its own offset.
    func start(of value: Value) throws(EvaluationFailure) -> Value {
        switch value {
        case .date(let date):
            guard let start = start(of: date) else { return value }
            return .date(start)
        case .timestamp(let timestamp):
            let date = start(of: timestamp.date)
            guard let midnight = TimeOfDay(hour: 0, minute: 0, second: 0) else { return value }
            let time = date == nil ? try start(of: timestamp.timeOfDay) : midnight
            return .timestamp(
                try Arithmetic.checked { () throws(ValueError) in
                    try Timestamp(
                        date: date ?? timestamp.date, time: time, zone: timestamp.zone,
                        precision: .fraction(digits: Int(time.fractionDigits)))
                })
        case .time(let time): return .time(try start(of: time))
        default: throw .mismatch("\(value.kindPhrase) cannot be cut to \(rawValue)")
        }
    }

    /// nil for units shorter than a day, which are no matter of the date.
    private func start(of date: CalendarDate) -> CalendarDate? {
        switch self {
        case .millennium: CalendarDate(year: date.year - TimeUnit.rest(date.year - 1, 1000), month: 1, day: 1)
        case .century: CalendarDate(year: date.year - TimeUnit.rest(date.year - 1, 100), month: 1, day: 1)
        case .decade: CalendarDate(year: date.year - TimeUnit.rest(date.year, 10), month: 1, day: 1)
        case .year: CalendarDate(year: date.year, month: 1, day: 1)
        case .quarter: CalendarDate(year: date.year, month: (date.month - 1) / 3 * 3 + 1, day: 1)
        case .month: CalendarDate(year: date.year, month: date.month, day: 1)
        case .week: (try? date.adding(days: 1 - date.isoDayOfWeek)) ?? date
        case .day: date
        default: nil
        }
    }

    private static func rest(_ number: Int, _ divisor: Int) -> Int {
        let rest = number % divisor
        return rest < 0 ? rest + divisor : rest
    }

    private func start(of time: TimeOfDay) throws(EvaluationFailure) -> TimeOfDay {
        let (unit, digits): (Int64, Int)
        switch self {
        case .hour: (unit, digits) = (3_600_000_000_000, 0)
        case .minute: (unit, digits) = (60_000_000_000, 0)
        case .second: (unit, digits) = (1_000_000_000, 0)
        case .millisecond: (unit, digits) = (1_000_000, 3)
        case .microsecond: (unit, digits) = (1000, 6)
        default: throw .mismatch("a time cannot be cut to \(rawValue)")
        }
        let kept = time.nanoseconds / unit * unit
        let start = TimeOfDay(
            hour: time.hour, minute: self == .hour ? 0 : time.minute,
            second: self == .hour || self == .minute ? 0 : time.second, nanosecond: Int(kept % 1_000_000_000),
            offsetMinutes: time.offsetMinutes.map(Int.init), fractionDigits: min(digits, Int(time.fractionDigits)))
        return start ?? time
    }
}

extension CalendarDate {
    /// Monday is 1, Sunday 7.
    var isoDayOfWeek: Int {
        let days = (daysSince1970 + 3) % 7  // 1970-01-01 was a Thursday
        return (days < 0 ? days + 7 : days) + 1
    }

    /// From 1 to 366.
    var dayOfYear: Int {
        (1..<month).reduce(day) { $0 + CalendarDate.dayCount(year: year, month: $1) }
    }

    /// The week by ISO 8601: weeks start on Monday, and the first is the one with the year's first Thursday.
    var isoWeek: (year: Int, week: Int) {
        let week = (dayOfYear - isoDayOfWeek + 10) / 7
        if week < 1 { return (year - 1, CalendarDate.weekCount(ofYear: year - 1)) }
        return week > CalendarDate.weekCount(ofYear: year) ? (year + 1, 1) : (year, week)
    }

    private static func weekCount(ofYear year: Int) -> Int {
        guard let last = CalendarDate(year: year, month: 12, day: 28) else { return 52 }
        return (last.dayOfYear - last.isoDayOfWeek + 10) / 7
    }
}

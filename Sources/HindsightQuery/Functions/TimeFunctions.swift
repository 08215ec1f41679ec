import HindsightSyntax
import HindsightValues

/// Functions on dates, times, timestamps and intervals.
enum TimeFunctions {
    static let all = clocks + fields + units + calendar + makers + texts + unix

    private static let dateParts: [DatePart] = [.year, .month, .day, .hour, .minute, .second]

    private static let clocks: [Function] = [
        Function(
            "CURRENT_TIMESTAMP", aliases: ["NOW", "UTCNOW"], [], isPure: false,
            summary: "the time of the statement, in UTC",
            example: .init("NOW()", gives: "TIMESTAMP WITH TIME ZONE '2026-05-01 12:00:00+00:00'"),
            body: .context { context in .timestamp(context.now) }),
        Function(
            "CURRENT_DATE", [], isPure: false, summary: "the date of the statement, in UTC",
            example: .init("CURRENT_DATE", gives: "DATE '2026-05-01'"),
            body: .context { context in .date(context.now.date) }),
        Function(
            "CURRENT_TIME", [], isPure: false, summary: "the time of day of the statement, in UTC",
            example: .init("CURRENT_TIME", gives: "TIME WITH TIME ZONE '12:00:00+00:00'"),
            body: .context { context in .time(context.now.timeOfDay) }),
    ]

    private static let fields: [Function] = [
        Function(
            "EXTRACT", [.init("time", KindSet.temporal.union(.interval))],
            summary: "one field: EXTRACT(YEAR FROM time)",
            example: .init("EXTRACT(YEAR FROM DATE '2026-05-01')", gives: "2026"),
            body: .part(DatePart.allCases) { part in
                .unary { (value) throws(EvaluationFailure) in try TimeField.extract(part, from: value) }
            }),
        Function(
            "DATE_ADD", [.init("count", .int), .init("time", .temporal)], refusesLiterals: true,
            summary: "the time so many units later: DATE_ADD(DAY, count, time)",
            example: .init("DATE_ADD(DAY, 3, DATE '2026-05-01')", gives: "DATE '2026-05-04'"),
            body: .part(dateParts) { part in
                .binary { (count, time) throws(EvaluationFailure) in
                    try TimeStep.add(try integer(count), part, to: time)
                }
            }),
        Function(
            "DATE_DIFF", [.init("from", .temporal), .init("to", .temporal)], refusesLiterals: true,
            summary: "the whole units from one time to another: DATE_DIFF(HOUR, from, to)",
            example: .init("DATE_DIFF(DAY, DATE '2026-05-01', DATE '2026-05-04')", gives: "3"),
            body: .part(dateParts) { part in
                .binary { (from, to) throws(EvaluationFailure) in
                    .int(try TimeStep.difference(part, from: from, to: to))
                }
            }),
    ]

    private static let texts: [Function] = [
        Function(
            "TO_STRING", [.init("time", .instant), .init("pattern", .text)], refusesLiterals: true,
            summary: "a date or timestamp as text; pattern letters are y M d a h H m s S n X x",
            example: .init("TO_STRING(DATE '2026-05-01', 'MMMM d, y')", gives: "'May 1, 2026'"),
            body: .prepared(1) { (pattern) throws(EvaluationFailure) in
                let pattern = try TimePattern(try string(pattern))
                return .binary { (time, _) throws(EvaluationFailure) in
                    guard let instant = time.instant else { return .missing }
                    return .string(pattern.format(TimeFields(instant)))
                }
            }),
        Function(
            "TO_TIMESTAMP", [.init("text", .text), .init("pattern", .text)], arity: .optional(1),
            refusesLiterals: true,
            summary: "the timestamp that a text shows, in ISO 8601 or by a pattern as of TO_STRING",
            example: .init("TO_TIMESTAMP('1 May 2026', 'd MMM y')", gives: "`2026-05-01T`"),
            body: .prepared(1) { (pattern) throws(EvaluationFailure) in
                if pattern.isAbsent { return .unary { (text) throws(EvaluationFailure) in try timestamp(of: text) } }
                let pattern = try TimePattern(try string(pattern))
                return .binary { (text, _) throws(EvaluationFailure) in
                    .timestamp(try pattern.parse(try string(text)).timestamp())
                }
            }),
    ]

    private static let unix: [Function] = [
        Function(
            "FROM_UNIXTIME", [.init("seconds", .number)],
            summary: "the timestamp so many seconds after 1970-01-01T00:00Z",
            example: .init("FROM_UNIXTIME(0)", gives: "TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00'"),
            body: .unary { (value) throws(EvaluationFailure) in .timestamp(try timestamp(secondsSince1970: value)) }),
        Function(
            "UNIX_TIMESTAMP", aliases: ["EPOCH"], [.init("time", .instant)], arity: .optional(1), isPure: false,
            summary: "the seconds from 1970-01-01T00:00Z to a time, or to now",
            example: .init("UNIX_TIMESTAMP(DATE '1970-01-02')", gives: "86400"),
            body: .contextual { (arguments, context) throws(EvaluationFailure) in
                guard let first = arguments.first else { return .int(context.now.seconds) }
                guard let instant = first.instant else { return .missing }
                if instant.nanoseconds == 0 { return .int(instant.seconds) }
                let fraction = try TimeField.seconds(0, nanoseconds: Int(instant.nanoseconds))
                return try Arithmetic.apply(.add, .int(instant.seconds), fraction)
            }),
    ]

    /// The timestamp that a text shows in ISO 8601.
    private static func timestamp(of text: Value) throws(EvaluationFailure) -> Value {
        let text = try string(text)
        guard let timestamp = Timestamp(text) else {
            throw .failed(.invalidTime, "the text '\(text.preview)' is not a timestamp")
        }
        return .timestamp(timestamp)
    }

    private static func timestamp(secondsSince1970 value: Value) throws(EvaluationFailure) -> Timestamp {
        if case .int(let seconds) = value {
            return try Arithmetic.checked { () throws(ValueError) in try Timestamp(seconds: seconds) }
        }
        let number = try Cast.decimal(value, precision: nil, scale: 0)
        return try Arithmetic.checked { () throws(ValueError) in
            let whole = try number.floor()
            let rest = try number.subtracting(whole).multiplied(by: Number(1_000_000_000)).truncated()
            guard let seconds = whole.exactInt64, let nanoseconds = rest.exactInt64 else { throw .timeOverflow }
            return try Timestamp(seconds: seconds, nanoseconds: Int32(nanoseconds))
        }
    }
}

extension TimeFields {
    /// What a clock and a calendar show at the timestamp's offset.
    init(_ timestamp: Timestamp) {
        let date = timestamp.date
        let time = timestamp.timeOfDay
        year = date.year
        month = date.month
        day = date.day
        hour = time.hour
        minute = time.minute
        second = time.second
        nanosecond = time.nanosecond
        offsetMinutes = Int(timestamp.zone.offsetMinutes)
    }

    /// The timestamp of these fields, as precise as they are.
    ///
    /// - Throws: `invalidTime` if there is no such day.
    func timestamp() throws(EvaluationFailure) -> Timestamp {
        guard let date = CalendarDate(year: year, month: month ?? 1, day: day ?? 1),
            let time = TimeOfDay(
                hour: hour ?? 0, minute: minute ?? 0, second: second ?? 0, nanosecond: nanosecond ?? 0)
        else { throw .failed(.invalidTime, "there is no day \(year)-\(month ?? 1)-\(day ?? 1)") }
        let zone: Timestamp.Zone = offsetMinutes.map { .offset(minutes: Int16($0)) } ?? .unknown
        return try Arithmetic.checked { () throws(ValueError) in
            try Timestamp(date: date, time: time, zone: zone, precision: precision)
        }
    }

    private var precision: Timestamp.Precision {
        if let fractionDigits { return .fraction(digits: fractionDigits) }
        if second != nil { return .second }
        if hour != nil { return .minute }
        if day != nil { return .day }
        return month != nil ? .month : .year
    }
}

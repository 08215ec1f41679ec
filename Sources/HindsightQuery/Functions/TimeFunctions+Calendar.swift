import HindsightSyntax
import HindsightValues

/// Fields by name, times made of fields, and the calendar.
extension TimeFunctions {
    static let units: [Function] = [
        Function(
            "DATE_PART", [.init("field", .text), .init("time", KindSet.temporal.union(.interval))],
            summary:
                "one field by its name: those of EXTRACT, and 'quarter', 'week', 'dow', 'isodow', 'doy', 'isoyear', "
                + "'decade', 'century', 'millennium', 'millisecond', 'microsecond', 'epoch'",
            example: .init("DATE_PART('week', DATE '2026-05-01')", gives: "18"),
            body: .prepared(0) { (name) throws(EvaluationFailure) in
                let unit = try TimeUnit(named: try string(name))
                return .binary { (_, time) throws(EvaluationFailure) in try unit.extract(from: time) }
            }),
        Function(
            "DATE_TRUNC", [.init("field", .text), .init("time", .temporal)],
            summary:
                "the start of the year, quarter, month, week, day, hour, minute, second and so on that a time lies in",
            example: .init("DATE_TRUNC('month', DATE '2026-05-17')", gives: "DATE '2026-05-01'"),
            body: .prepared(0) { (name) throws(EvaluationFailure) in
                let unit = try TimeUnit(named: try string(name))
                return .binary { (_, time) throws(EvaluationFailure) in try unit.start(of: time) }
            }),
        field("YEAR", .year, "2026"), field("QUARTER", .quarter, "2"), field("MONTH", .month, "5"),
        field("WEEK", .week, "18"), field("DAY", .day, "1"), field("DAY_OF_WEEK", .isoDayOfWeek, "5"),
        field("DAY_OF_YEAR", .dayOfYear, "121"),
    ]

    private static func field(_ name: String, _ unit: TimeUnit, _ result: String) -> Function {
        Function(
            name, [.init("time", KindSet.instant.union(.interval))],
            summary: "DATE_PART('\(unit.rawValue.lowercased())', time)",
            example: .init("\(name)(DATE '2026-05-01')", gives: result),
            body: .unary { (time) throws(EvaluationFailure) in try unit.extract(from: time) })
    }

    static let calendar: [Function] = [
        Function(
            "LAST_DAY", [.init("time", .instant)], summary: "the last day of the month",
            example: .init("LAST_DAY(DATE '2026-02-03')", gives: "DATE '2026-02-28'"),
            body: .unary { (time) throws(EvaluationFailure) in
                guard let date = time.instant?.date else { return .missing }
                let last = CalendarDate.dayCount(year: date.year, month: date.month)
                return CalendarDate(year: date.year, month: date.month, day: last).map(Value.date) ?? .missing
            }),
        Function(
            "DAY_NAME", [.init("time", .instant)], summary: "the name of the day of the week",
            example: .init("DAY_NAME(DATE '2026-05-01')", gives: "'Friday'"),
            body: .unary { (time) throws(EvaluationFailure) in
                time.instant.map { .string(dayNames[$0.date.isoDayOfWeek - 1]) } ?? .missing
            }),
        Function(
            "MONTH_NAME", [.init("time", .instant)], summary: "the name of the month",
            example: .init("MONTH_NAME(DATE '2026-05-01')", gives: "'May'"),
            body: .unary { (time) throws(EvaluationFailure) in
                time.instant.map { .string(TimePattern.monthNames[$0.date.month - 1]) } ?? .missing
            }),
        Function(
            "AGE", [.init("to", .instant), .init("from", .instant)],
            summary: "the interval of days to seconds from one time to another",
            example: .init("AGE(DATE '2026-05-04', DATE '2026-05-01')", gives: "INTERVAL '3' DAY"),
            body: .binary { (end, start) throws(EvaluationFailure) in try Arithmetic.apply(.subtract, end, start) }),
    ]

    private static let dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    static let makers: [Function] = [
        Function(
            "MAKE_DATE", [.init("year", .int), .init("month", .int), .init("day", .int)],
            summary: "the date of a year, month and day",
            example: .init("MAKE_DATE(2026, 5, 1)", gives: "DATE '2026-05-01'"),
            body: .ternary { (year, month, day) throws(EvaluationFailure) in .date(try date([year, month, day])) }),
        Function(
            "MAKE_TIME", [.init("hour", .int), .init("minute", .int), .init("second", .number)],
            summary: "the time of day of an hour, minute and second",
            example: .init("MAKE_TIME(8, 30, 1.5)", gives: "TIME '08:30:01.5'"),
            body: .ternary { (hour, minute, second) throws(EvaluationFailure) in
                .time(try time([hour, minute, second]))
            }),
        Function(
            "MAKE_TIMESTAMP",
            [
                .init("year", .int), .init("month", .int), .init("day", .int), .init("hour", .int),
                .init("minute", .int), .init("second", .number), .init("offset in minutes", .int),
            ], arity: .optional(1), summary: "the timestamp of its fields, without time zone or with an offset",
            example: .init("MAKE_TIMESTAMP(2026, 5, 1, 8, 30, 0)", gives: "TIMESTAMP '2026-05-01 08:30:00'"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                let date = try date(Array(arguments[..<3]))
                let time = try time(Array(arguments[3..<6]))
                let zone: Timestamp.Zone = arguments.count > 6 ? try zone(minutes: try integer(arguments[6])) : .none
                return .timestamp(
                    try Arithmetic.checked { () throws(ValueError) in
                        try Timestamp(
                            date: date, time: time, zone: zone,
                            precision: .fraction(digits: Int(time.fractionDigits)))
                    })
            }),
        Function(
            "AT_OFFSET", [.init("time", .instant), .init("offset", .text)],
            summary: "the same instant as clocks at an offset from UTC show it",
            example: .init(
                "AT_OFFSET(TIMESTAMP '2026-05-01 08:30:00+00:00', '+02:00')",
                gives: "TIMESTAMP '2026-05-01 10:30:00+02:00'"
            ),
            body: .binary { (time, offset) throws(EvaluationFailure) in
                let text = try string(offset)
                let sample = TimeOfDay("00:00:00" + (text.uppercased() == "UTC" || text == "Z" ? "+00:00" : text))
                guard let minutes = sample?.offsetMinutes else {
                    throw .mismatch("'\(text.preview)' is no offset such as '+02:00'")
                }
                guard let instant = time.instant else { return .missing }
                return .timestamp(
                    try Arithmetic.checked { () throws(ValueError) in try instant.at(.offset(minutes: minutes)) })
            }),
    ]

    /// - Throws: a mismatch if there is no such day.
    private static func date(_ fields: [Value]) throws(EvaluationFailure) -> CalendarDate {
        let (year, month, day) = (try integer(fields[0]), try integer(fields[1]), try integer(fields[2]))
        guard let date = CalendarDate(year: Int(year), month: Int(month), day: Int(day)) else {
            throw .mismatch("there is no day \(year)-\(month)-\(day)")
        }
        return date
    }

    /// - Throws: a mismatch if there is no such time of day.
    private static func time(_ fields: [Value]) throws(EvaluationFailure) -> TimeOfDay {
        let (hour, minute) = (try integer(fields[0]), try integer(fields[1]))
        let seconds = try Cast.decimal(fields[2], precision: nil, scale: 0)
        let fraction = try Arithmetic.checked { () throws(ValueError) in
            try seconds.subtracting(seconds.truncated()).multiplied(by: Number(1_000_000_000)).truncated()
        }
        guard let second = seconds.truncated().exactInt64, let nanosecond = fraction.exactInt64,
            let time = TimeOfDay(
                hour: Int(hour), minute: Int(minute), second: Int(second), nanosecond: Int(nanosecond),
                fractionDigits: min(9, max(0, -seconds.exponent)))
        else { throw .mismatch("there is no time \(hour):\(minute):\(fields[2])") }
        return time
    }

    private static func zone(minutes: Int64) throws(EvaluationFailure) -> Timestamp.Zone {
        guard (-1439...1439).contains(minutes) else {
            throw .mismatch("an offset has less than 24 hours, not \(minutes) minutes")
        }
        return .offset(minutes: Int16(minutes))
    }
}

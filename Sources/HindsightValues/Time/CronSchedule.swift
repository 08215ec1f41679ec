/// Recurring minutes, in the notation of AWS: `cron(minutes hours day-of-month month day-of-week year)`, in UTC.
///
/// A field is `*`, a value, a range `a-b`, steps `a/n`, `a-b/n` or `*/n`, or several of these behind commas. Months and days of
/// the week have names too; Sunday is 1. One of the two day fields must be `?`. The day of the month may be `L`, the last one, or `15W`,
/// the working day nearest to the 15th; the day of the week may be `L`, Saturday, `6L`, the last Friday of the month, or `3#2`, the
/// second Tuesday.
package struct CronSchedule: Sendable, Equatable {
    /// What is wrong with a text.
    package struct Failure: Error, Equatable {
        package let message: String
    }

    /// Ascending, like `hours`.
    private let minutes: [Int]
    private let hours: [Int]
    private let months: Set<Int>
    private let years: Set<Int>
    private let days: CronDays

    private static let yearRange = 1970...2199

    package init(_ text: String) throws(Failure) {
        let fields = try CronSchedule.fields(of: text)
        minutes = try CronField("minutes", 0...59).values(of: fields[0]).sorted()
        hours = try CronField("hours", 0...23).values(of: fields[1]).sorted()
        months = try CronField("month", 1...12, names: CronField.monthNames).values(of: fields[3])
        years = try CronField("year", CronSchedule.yearRange).values(of: fields[5])
        days = try CronDays(ofMonth: fields[2], ofWeek: fields[4])
        guard next(after: -1) != nil else { throw Failure(message: "no day ever fits '\(text)'") }
    }

    private static func fields(of text: String) throws(Failure) -> [Substring] {
        var inner = text[...]
        if inner.hasPrefix("cron("), inner.hasSuffix(")") { inner = inner.dropFirst(5).dropLast() }
        let fields = inner.split(separator: " ")
        guard fields.count == 6 else {
            throw Failure(
                message: "a schedule has six fields: minutes, hours, day of month, month, day of week, year; "
                    + "found \(fields.count)")
        }
        return fields
    }

    /// The first time later than this one, both in microseconds since 1970; nil if there is none before the year 2200.
    ///
    /// - Complexity: O(days in between).
    package func next(after time: Int64) -> Int64? {
        let minute = Int(time.floorDivided(by: CronSchedule.minute)) + 1
        var day = minute.floorDivided(by: 1440)
        var earliest = minute - day * 1440
        while let date = try? CalendarDate(daysSince1970: day), date.year <= CronSchedule.yearRange.upperBound {
            if !years.contains(date.year) {
                guard let year = years.filter({ $0 > date.year }).min(),
                    let first = CalendarDate(year: year, month: 1, day: 1)
                else { return nil }
                day = first.daysSince1970
                earliest = 0
                continue
            }
            if months.contains(date.month), days.contains(date), let found = firstMinute(from: earliest) {
                return Int64(day * 1440 + found) * CronSchedule.minute
            }
            day += 1
            earliest = 0
        }
        return nil
    }

    /// The first fitting minute of a day.
    private func firstMinute(from earliest: Int) -> Int? {
        for hour in hours where hour * 60 + 59 >= earliest {
            for minute in minutes where hour * 60 + minute >= earliest { return hour * 60 + minute }
        }
        return nil
    }

    /// In microseconds.
    private static let minute: Int64 = 60_000_000
}

/// The days of a schedule.
private enum CronDays: Sendable, Equatable {
    case ofMonth(Set<Int>)
    case lastOfMonth
    /// The working day nearest to a day, in the same month.
    case workingDay(Int)
    /// Sunday is 1.
    case ofWeek(Set<Int>)
    case lastWeekday(Int)
    case weekday(Int, count: Int)

    init(ofMonth: Substring, ofWeek: Substring) throws(CronSchedule.Failure) {
        switch (ofMonth, ofWeek) {
        case ("?", "?"): throw .init(message: "both day fields are '?'; one of them says which days")
        case (_, "?"): self = try CronDays.daysOfMonth(ofMonth)
        case ("?", _): self = try CronDays.daysOfWeek(ofWeek)
        default: throw .init(message: "one of day of month and day of week must be '?'")
        }
    }

    private static func daysOfMonth(_ text: Substring) throws(CronSchedule.Failure) -> CronDays {
        if text == "L" { return .lastOfMonth }
        let field = CronField("day of month", 1...31)
        if text.hasSuffix("W") { return .workingDay(try field.value(of: text.dropLast())) }
        return .ofMonth(try field.values(of: text))
    }

    private static func daysOfWeek(_ text: Substring) throws(CronSchedule.Failure) -> CronDays {
        let field = CronField("day of week", 1...7, names: CronField.dayNames)
        if text == "L" { return .ofWeek([7]) }
        if text.hasSuffix("L") { return .lastWeekday(try field.value(of: text.dropLast())) }
        let parts = text.split(separator: "#", omittingEmptySubsequences: false)
        if parts.count == 2 {
            let count = try CronField("week of the month", 1...5).value(of: parts[1])
            return .weekday(try field.value(of: parts[0]), count: count)
        }
        return .ofWeek(try field.values(of: text))
    }

    func contains(_ date: CalendarDate) -> Bool {
        let last = CalendarDate.dayCount(year: date.year, month: date.month)
        switch self {
        case .ofMonth(let days): return days.contains(date.day)
        case .lastOfMonth: return date.day == last
        case .workingDay(let day): return date.day == CronDays.workingDay(nearest: day, last: last, of: date)
        case .ofWeek(let days): return days.contains(date.weekday)
        case .lastWeekday(let day): return date.weekday == day && date.day > last - 7
        case .weekday(let day, let count): return date.weekday == day && (date.day - 1) / 7 == count - 1
        }
    }

    private static func workingDay(nearest day: Int, last: Int, of month: CalendarDate) -> Int? {
        guard day <= last, let date = CalendarDate(year: month.year, month: month.month, day: day) else { return nil }
        switch date.weekday {
        case 7: return day > 1 ? day - 1 : day + 2
        case 1: return day < last ? day + 1 : day - 2
        default: return day
        }
    }
}

extension CalendarDate {
    /// 1 for Sunday to 7.
    fileprivate var weekday: Int {
        // 1970-01-01 was a Thursday.
        let days = daysSince1970 + 4
        return days - days.floorDivided(by: 7) * 7 + 1
    }
}

/// One field of a schedule.
private struct CronField {
    static let monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    static let dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

    private let title: String
    private let range: ClosedRange<Int>
    private let names: [String]

    init(_ title: String, _ range: ClosedRange<Int>, names: [String] = []) {
        self.title = title
        self.range = range
        self.names = names
    }

    func values(of text: Substring) throws(CronSchedule.Failure) -> Set<Int> {
        var values: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let step = halves.count == 2 ? try self.step(halves[1]) : 1
            let bounds = try self.bounds(halves[0], isOpen: halves.count == 2)
            values.formUnion(stride(from: bounds.lowerBound, through: bounds.upperBound, by: step))
        }
        return values
    }

    /// - Parameter isOpen: a single value begins steps that go on to the end.
    private func bounds(_ text: Substring, isOpen: Bool) throws(CronSchedule.Failure) -> ClosedRange<Int> {
        if text == "*" { return range }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let first = try value(of: ends[0])
        guard ends.count == 2 else { return first...(isOpen ? range.upperBound : first) }
        let last = try value(of: ends[1])
        guard first <= last else { throw failure("'\(text)' ends before it starts") }
        return first...last
    }

    private func step(_ text: Substring) throws(CronSchedule.Failure) -> Int {
        guard let step = number(text), (1...range.upperBound).contains(step) else {
            throw failure("'\(text)' is no step")
        }
        return step
    }

    func value(of text: Substring) throws(CronSchedule.Failure) -> Int {
        if let place = names.firstIndex(of: text.uppercased()) { return place + range.lowerBound }
        guard let value = number(text), range.contains(value) else {
            throw failure("'\(text)' is not \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// Digits alone: `Int` would take a sign, too.
    private func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    private func failure(_ message: String) -> CronSchedule.Failure {
        CronSchedule.Failure(message: "\(title): \(message)")
    }
}

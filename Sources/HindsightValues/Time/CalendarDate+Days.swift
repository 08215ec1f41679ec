/// Dates as day numbers, and the arithmetic that follows from them.
///
/// The conversions count from March, so that the leap day is the last of the year, and in eras of 400 years of 146,097
/// days each (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
extension CalendarDate: Comparable {
    private static let daysOfEra = 146_097
    /// Days from 0000-03-01 to 1970-01-01.
    private static let daysToEpoch = 719_468

    /// Day numbers of the first and the last date.
    static let dayNumberRange =
        CalendarDate(uncheckedYear: -9999, month: 1, day: 1)
        .daysSince1970...CalendarDate(
            uncheckedYear: 99999, month: 12, day: 31
        ).daysSince1970

    /// Days since 1970-01-01.
    public var daysSince1970: Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * CalendarDate.daysOfEra + dayOfEra - CalendarDate.daysToEpoch
    }

    /// The date of a day number.
    /// - Throws: `timeOverflow`.
    public init(daysSince1970 days: Int) throws(ValueError) {
        guard CalendarDate.dayNumberRange.contains(days) else { throw .timeOverflow }
        self.init(uncheckedDaysSince1970: days)
    }

    /// The date of a day number that is known to be in range.
    init(uncheckedDaysSince1970 days: Int) {
        let shifted = days + CalendarDate.daysToEpoch
        let era = (shifted >= 0 ? shifted : shifted - (CalendarDate.daysOfEra - 1)) / CalendarDate.daysOfEra
        let dayOfEra = shifted - era * CalendarDate.daysOfEra
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        self.init(
            uncheckedYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.storedYear, left.storedMonth, left.storedDay) < (right.storedYear, right.storedMonth, right.storedDay)
    }

    /// - Throws: `timeOverflow`.
    public func adding(days: Int) throws(ValueError) -> CalendarDate {
        let (sum, overflow) = daysSince1970.addingReportingOverflow(days)
        if overflow { throw .timeOverflow }
        return try CalendarDate(daysSince1970: sum)
    }

    /// The same day some months later; the last day of the month where there is no such day.
    /// - Throws: `timeOverflow`.
    public func adding(months: Int) throws(ValueError) -> CalendarDate {
        let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        if overflow { throw .timeOverflow }
        let newYear = sum.floorDivided(by: 12)
        let newMonth = sum - newYear * 12 + 1
        guard CalendarDate.yearRange.contains(newYear) else { throw .timeOverflow }
        let lastDay = CalendarDate.dayCount(year: newYear, month: newMonth)
        return CalendarDate(uncheckedYear: newYear, month: newMonth, day: min(day, lastDay))
    }
}

extension FixedWidthInteger {
    /// The quotient rounded down, for a positive divisor.
    package func floorDivided(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

/// A day of the proleptic Gregorian calendar, years -9999 to 99999.
public struct CalendarDate: Sendable, Hashable {
    @usableFromInline let storedYear: Int32
    @usableFromInline let storedMonth: UInt8
    @usableFromInline let storedDay: UInt8

    /// Puts parts together that are known to form a date.
    @inlinable
    init(uncheckedYear year: Int, month: Int, day: Int) {
        storedYear = Int32(truncatingIfNeeded: year)
        storedMonth = UInt8(truncatingIfNeeded: month)
        storedDay = UInt8(truncatingIfNeeded: day)
    }

    @inlinable public var year: Int { Int(storedYear) }
    /// 1 to 12.
    @inlinable public var month: Int { Int(storedMonth) }
    /// 1 to 31.
    @inlinable public var day: Int { Int(storedDay) }
}

extension CalendarDate {
    /// The years that dates and timestamps may have.
    public static let yearRange = -9999...99999

    /// nil if there is no such day, or the year is out of range.
    public init?(year: Int, month: Int, day: Int) {
        guard CalendarDate.yearRange.contains(year), (1...12).contains(month), day >= 1,
            day <= CalendarDate.dayCount(year: year, month: month)
        else { return nil }
        self.init(uncheckedYear: year, month: month, day: day)
    }

    static func isLeapYear(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    /// The number of days in a month.
    public static func dayCount(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeapYear(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

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

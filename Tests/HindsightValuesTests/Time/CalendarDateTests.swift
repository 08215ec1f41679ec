import HindsightTestSupport
import HindsightValues
import Testing

@Suite struct CalendarDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1970-01-02", 1), ("1969-12-31", -1), ("2000-02-29", 11016), ("2000-03-01", 11017),
        ("0001-01-01", -719_162), ("9999-12-31", 2_932_896), ("0000-03-01", -719_468), ("2026-05-01", 20574),
    ])
    func knowsItsDayNumber(text: String, days: Int) throws {
        let date = try CalendarDate.parse(text)
        #expect(date.daysSince1970 == days)
        #expect(try CalendarDate(daysSince1970: days) == date)
        #expect(date.description == text)
    }

    @Test func everyDayFollowsTheOneBefore() throws {
        var expected = try CalendarDate.parse("-0401-12-30")
        let first = expected.daysSince1970
        for days in first..<first + 300_000 {
            let date = try CalendarDate(daysSince1970: days)
            guard date == expected, date.daysSince1970 == days else {
                Issue.record("day \(days) is \(date) and not \(expected)")
                return
            }
            expected = next(date)
        }
    }

    private func next(_ date: CalendarDate) -> CalendarDate {
        CalendarDate(year: date.year, month: date.month, day: date.day + 1)
            ?? CalendarDate(year: date.year, month: date.month + 1, day: 1)
            ?? CalendarDate(year: date.year + 1, month: 1, day: 1)!
    }

    @Test(arguments: [
        "2021-02-29", "1900-02-29", "2021-13-01", "2021-00-01", "2021-01-00", "2021-04-31", "2021-3-10", "2021-03-1",
        "2021-03-123", "20210310", "12345-03-10", "2021-+3-10", " 2021-03-10", "2021-03-10 ", "", "-", "2021",
        "2021-03",
        "+123-01-01",
    ])
    func refusesWhatIsNoDate(text: String) {
        #expect(throws: ValueError.self) { try CalendarDate.parse(text) }
    }

    @Test func longYearsHaveASign() throws {
        #expect(CalendarDate("+12345-03-10")?.description == "+12345-03-10")
        #expect(CalendarDate("-0044-03-15")?.description == "-0044-03-15")
        #expect(CalendarDate(year: 100_000, month: 1, day: 1) == nil)
        #expect(CalendarDate(year: -10000, month: 1, day: 1) == nil)
    }

    @Test func stepsByDaysAndMonths() throws {
        let date = try CalendarDate.parse("2024-01-31")
        #expect(try date.adding(days: 30).description == "2024-03-01")
        #expect(try date.adding(months: 1).description == "2024-02-29")
        #expect(try date.adding(months: -11).description == "2023-02-28")
        #expect(try date.adding(months: -1).description == "2023-12-31")
        #expect(throws: ValueError.timeOverflow) { try date.adding(days: .max) }
        #expect(throws: ValueError.timeOverflow) { try date.adding(months: .min) }
        #expect(throws: ValueError.timeOverflow) { try date.adding(months: 12 * 100_000) }
        #expect(throws: ValueError.timeOverflow) { try CalendarDate(daysSince1970: .max) }
    }

    @Test func textComesBack() throws {
        var random = SeededGenerator(seed: 31)
        for _ in 0..<2000 {
            let date = try CalendarDate(daysSince1970: Int.random(in: -4_000_000...35_000_000, using: &random))
            #expect(CalendarDate(date.description) == date)
        }
    }
}

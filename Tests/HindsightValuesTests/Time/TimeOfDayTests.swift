import HindsightValues
import Testing

@Suite struct TimeOfDayTests {
    @Test(arguments: [
        "00:00:00", "23:59:59.999999999", "12:30:00.250", "12:30:00+00:00", "12:30:00-03:30", "23:59:59.5+18:00",
    ])
    func textComesBack(text: String) throws {
        #expect(try TimeOfDay.parse(text).description == text)
    }

    @Test(arguments: [
        "24:00:00", "12", "12:30", "1:30:38", "12:60:00", "12:30:60", "59.12345", "23:59:59+24:00",
        "23:59:59.99999 05:30",
        "23:59:59+18:00.00", "time", "12:30:00.", "",
    ])
    func refusesWhatIsNoTime(text: String) {
        #expect(throws: ValueError.self) { try TimeOfDay.parse(text) }
    }

    @Test func partsAreThoseOfTheClock() throws {
        let time = try TimeOfDay.parse("23:45:06.123456789-03:30")
        #expect(time.hour == 23)
        #expect(time.minute == 45)
        #expect(time.second == 6)
        #expect(time.nanosecond == 123_456_789)
        #expect(time.offsetMinutes == -210)
        #expect(TimeOfDay(hour: 23, minute: 45, second: 6, nanosecond: 123_456_789) == TimeOfDay("23:45:06.123456789"))
        #expect(TimeOfDay(hour: 24, minute: 0, second: 0) == nil)
    }

    @Test func utcIsNotWrapped() throws {
        #expect(try TimeOfDay.parse("00:30:00+01:00") < TimeOfDay.parse("00:00:00"))
        #expect(try TimeOfDay.parse("00:30:00+01:00") != TimeOfDay.parse("23:30:00"))
        #expect(try TimeOfDay.parse("10:30:00") == TimeOfDay.parse("12:30:00+02:00"))
    }

    @Test func theHandsGoRound() throws {
        let time = try TimeOfDay.parse("23:59:59.9996")
        #expect(time.rounded(toFractionDigits: 3).description == "00:00:00.000")
        #expect(try time.adding(.seconds(1)).description == "00:00:00.9996")
        #expect(try time.adding(.seconds(-86_400 * 3)).description == "23:59:59.9996")
        #expect(try TimeOfDay.midnight.subtracting(.seconds(0, nanoseconds: 1)).description == "23:59:59.999999999")
        #expect(throws: ValueError.typeMismatch) { try time.adding(.months(1)) }
    }
}

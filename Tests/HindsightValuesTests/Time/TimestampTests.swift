import HindsightTestSupport
import HindsightValues
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        "2026T", "2026-05T", "2026-05-01", "2026-05-01T12:30Z", "2026-05-01T12:30:00Z", "2026-05-01T12:30:00.250+02:00",
        "2026-05-01T12:30:00-00:00", "2026-05-01T12:30", "2026-05-01T12:30:59.999999999-23:59", "0001-01-01T00:00Z",
        "+12345-01-01T00:00:00Z", "-0001-12-31T00:00:00",
    ])
    func textComesBack(text: String) throws {
        #expect(try Timestamp.parse(text).description == text)
    }

    @Test(arguments: [
        ("2026-05-01T", "2026-05-01"), ("2026-05-01 12:30:00", "2026-05-01T12:30:00"),
        ("2026-05-01 12:30:00 +02:00", "2026-05-01T12:30:00+02:00"),
        ("2026-05-01T12:30:00+00:00", "2026-05-01T12:30:00Z"),
        ("2026-05-01T12:30:00.1234567899Z", "2026-05-01T12:30:00.123456789Z"),
    ])
    func otherFormsAreRead(text: String, expected: String) throws {
        #expect(try Timestamp.parse(text).description == expected)
    }

    @Test(arguments: [
        "", "2026", "2026-", "2026-05", "2026-13T", "2026-00T", "2026-02-30", "2026-05-01T24:00:00", "2026-05-01T12",
        "2026-05-01T12:60", "2026-05-01T12:30:60", "2026-05-01T12:30:00.Z", "2026-05-01T12:30:00+2:00",
        "2026-05-01T12:30:00+24:00", "2026-05-01T12:30:00+02", "2026-05-01T12:30:00ZZ", "2026-05-01  12:30:00",
        "9999-99-99", "2026-05-01T12:30:00z",
    ])
    func refusesWhatIsNoTimestamp(text: String) {
        #expect(throws: ValueError.self) { try Timestamp.parse(text) }
    }

    @Test func instantsCompareOverOffsets() throws {
        let utc = try Timestamp.parse("2026-05-01T12:00:00Z")
        let east = try Timestamp.parse("2026-05-01T14:00:00.000+02:00")
        #expect(utc == east)
        #expect(utc.hashValue == east.hashValue)
        #expect(try utc < Timestamp.parse("2026-05-01T12:00:00.000000001Z"))
        #expect(try Timestamp.parse("2026T") == Timestamp.parse("2026-01-01T00:00-00:00"))
        #expect(try utc.at(.offset(minutes: -210)).description == "2026-05-01T08:30:00-03:30")
    }

    @Test func partsAreThoseOfTheOffset() throws {
        let timestamp = try Timestamp.parse("2026-05-01T00:30:15.25+02:00")
        #expect(timestamp.date.description == "2026-05-01")
        #expect(timestamp.timeOfDay.description == "00:30:15.25+02:00")
        #expect(timestamp.precision == .fraction(digits: 2))
        #expect(timestamp.microsecondsSince1970 == 1_777_588_215_250_000)
    }

    @Test func microsecondsComeBack() throws {
        for microseconds: Int64 in [0, 1, -1, 1_777_588_215_250_000, -62_135_596_800_000_000, 999_999, -1_000_001] {
            let timestamp = try Timestamp(microsecondsSince1970: microseconds)
            #expect(timestamp.microsecondsSince1970 == microseconds)
            #expect(try Timestamp.parse(timestamp.description).microsecondsSince1970 == microseconds)
        }
        #expect(try Timestamp(microsecondsSince1970: -1).description == "1969-12-31T23:59:59.999999Z")
        #expect(throws: ValueError.timeOverflow) { try Timestamp(microsecondsSince1970: .max) }
    }

    @Test func stepsThroughTime() throws {
        let timestamp = try Timestamp.parse("2024-02-29T23:59:59.5Z")
        #expect(try timestamp.adding(seconds: 0, nanoseconds: 500_000_000).description == "2024-03-01T00:00:00.0Z")
        #expect(try timestamp.adding(months: 12).description == "2025-02-28T23:59:59.5Z")
        #expect(try timestamp.adding(.seconds(-86_400)).description == "2024-02-28T23:59:59.5Z")
        #expect(try timestamp.subtracting(.seconds(0, nanoseconds: 1)).description == "2024-02-29T23:59:59.499999999Z")
        #expect(try timestamp.subtracting(.months(1)).description == "2024-01-29T23:59:59.5Z")
        #expect(throws: ValueError.timeOverflow) { try timestamp.adding(seconds: .max) }
        #expect(throws: ValueError.timeOverflow) { try timestamp.adding(.months(.max)) }
        let earlier = try Timestamp.parse("2024-02-29T00:00:00.75Z")
        #expect(try timestamp.interval(since: earlier).description == "'23:59:58.75' HOUR TO SECOND")
    }

    @Test func roundsToDigits() throws {
        let timestamp = try Timestamp.parse("2026-12-31T23:59:59.9996Z")
        #expect(try timestamp.rounded(toFractionDigits: 3).description == "2027-01-01T00:00:00.000Z")
        #expect(try timestamp.rounded(toFractionDigits: 6).description == "2026-12-31T23:59:59.999600Z")
        #expect(try timestamp.rounded(toFractionDigits: 0).description == "2027-01-01T00:00:00Z")
    }

    @Test func randomInstantsComeBack() throws {
        var random = SeededGenerator(seed: 32)
        for _ in 0..<2000 {
            let timestamp = try Timestamp(
                seconds: Int64.random(in: -370_000_000_000...3_000_000_000_000, using: &random),
                nanoseconds: Int32.random(in: 0..<1_000_000_000, using: &random),
                zone: .offset(minutes: Int16.random(in: -1439...1439, using: &random)))
            #expect(try Timestamp.parse(timestamp.description) == timestamp)
        }
    }
}

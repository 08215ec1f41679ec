import HindsightValues
import Testing

struct CronScheduleTests {
    /// What comes next after 2026-05-01T12:00:00Z, a Friday.
    @Test(arguments: [
        ("cron(0 5 ? * * *)", "2026-05-02T05:00:00Z"),
        ("cron(30 12 ? * * *)", "2026-05-01T12:30:00Z"),
        ("cron(0 12 ? * * *)", "2026-05-02T12:00:00Z"),
        ("*/15 * * * ? *", "2026-05-01T12:15:00Z"),
        ("0 0 1 * ? *", "2026-06-01T00:00:00Z"),
        ("0 0 L * ? *", "2026-05-31T00:00:00Z"),
        ("0 0 29 2 ? *", "2028-02-29T00:00:00Z"),
        ("0 0 29 FEB ? 2100-2110", "2104-02-29T00:00:00Z"),
        ("0 0 ? * MON-FRI *", "2026-05-04T00:00:00Z"),
        ("0 0 ? * 1,7 *", "2026-05-02T00:00:00Z"),
        ("0 0 ? * L *", "2026-05-02T00:00:00Z"),
        ("0 0 ? * 6L *", "2026-05-29T00:00:00Z"),
        ("0 0 ? * TUE#2 *", "2026-05-12T00:00:00Z"),
        ("0 0 ? * 2#5 *", "2026-06-29T00:00:00Z"),
        // 2026-08-15 is a Saturday, 2026-11-01 a Sunday, 2026-01-31 a Saturday.
        ("0 0 15W 8 ? *", "2026-08-14T00:00:00Z"),
        ("0 0 1W 11 ? *", "2026-11-02T00:00:00Z"),
        ("0 0 31W 1 ? 2026-2027", "2027-01-29T00:00:00Z"),
        ("0 10/6 ? * * *", "2026-05-01T16:00:00Z"),
    ])
    func nextTime(schedule: String, expected: String) throws {
        let start = try Timestamp.parse("2026-05-01T12:00:00Z").microsecondsSince1970
        let next = try CronSchedule(schedule).next(after: start)
        #expect(next == (try Timestamp.parse(expected).microsecondsSince1970), "\(schedule)")
    }

    @Test(arguments: [
        "", "0 5 * *", "cron(0 5 ? * * *", "60 5 ? * * *", "0 24 ? * * *", "0 5 0 * ? *", "0 5 ? 13 * *", "0 5 ? * 8 *",
        "0 5 ? * * 1969", "0 5 * * * *", "0 5 ? * ? *", "0 5-3 ? * * *", "0/0 5 ? * * *", "0 5 31 4 ? *", "a 5 ? * * *",
        "0 5 ? * MON#6 *", "0 5 ,1 * ? *", "0 +5 ? * * *", "0 5/+2 ? * * *",
    ])
    func refused(schedule: String) {
        #expect(throws: CronSchedule.Failure.self) { try CronSchedule(schedule) }
    }

    /// Every time of some months is the next one of the time before, and of all minutes in between.
    @Test func everyTimeIsNextOfAllMinutesBefore() throws {
        let schedule = try CronSchedule("7,37 3-4 ? 1-3 2#1 *")
        let minute: Int64 = 60_000_000
        let start = try Timestamp.parse("2026-01-01T00:00:00Z").microsecondsSince1970
        var next = try #require(schedule.next(after: start))
        for step in 1..<(90 * 24 * 60 as Int64) where step.isMultiple(of: 5) || start + step * minute >= next {
            let time = start + step * minute
            if time >= next { next = try #require(schedule.next(after: next)) }
            #expect(schedule.next(after: time) == next)
        }
    }
}

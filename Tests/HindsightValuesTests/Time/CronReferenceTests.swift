import HindsightTestSupport
import Testing

@testable import HindsightValues

/// Random schedules against a reference that asks of each minute whether it fits.
struct CronReferenceTests {
    @Test func theNextTimeIsTheFirstMinuteThatFits() throws {
        let seed = TestSeed.fresh
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let fields = RandomFields(&random)
            let schedule = try CronSchedule(fields.text)
            let start = Int.random(in: 29_000_000..<30_000_000, using: &random)
            var expected = start + 1
            while expected < start + Self.minutesLookedAt, !fields.fit(expected) { expected += 1 }
            let next = try #require(schedule.next(after: Int64(start) * 60_000_000 + 59_999_999))
            if expected < start + Self.minutesLookedAt {
                #expect(next == Int64(expected) * 60_000_000, "\(fields.text) after \(start) (seed \(seed))")
            } else {
                #expect(next >= Int64(expected) * 60_000_000, "\(fields.text) after \(start) (seed \(seed))")
            }
        }
    }

    /// Forty days.
    private static let minutesLookedAt = 40 * 1440
}

/// The fields of a schedule as sets, and as text.
private struct RandomFields {
    private let minutes: Set<Int>
    private let hours: Set<Int>
    private let months: Set<Int>
    private let days: Set<Int>
    private let isOfWeek: Bool
    let text: String

    init(_ random: inout SeededGenerator) {
        isOfWeek = Bool.random(using: &random)
        let minutes = Self.field(0...59, &random)
        let hours = Self.field(0...23, &random)
        let months = Self.field(1...12, &random)
        // A schedule of February alone must have a day there.
        let days = isOfWeek ? Self.field(1...7, &random) : Self.field(1...31, firstUpTo: 28, &random)
        (self.minutes, self.hours, self.months, self.days) = (minutes.values, hours.values, months.values, days.values)
        let dayFields = isOfWeek ? "? \(months.text) \(days.text)" : "\(days.text) \(months.text) ?"
        text = "cron(\(minutes.text) \(hours.text) \(dayFields) *)"
    }

    private static func field(
        _ range: ClosedRange<Int>, firstUpTo limit: Int = .max, _ random: inout SeededGenerator
    ) -> (values: Set<Int>, text: String) {
        let first = Int.random(in: range.lowerBound...min(limit, range.upperBound), using: &random)
        let last = Int.random(in: first...range.upperBound, using: &random)
        let step = Int.random(in: 1...5, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return ([first], "\(first)")
        case 1: return (Set(first...last), "\(first)-\(last)")
        case 2: return (Set(stride(from: first, through: range.upperBound, by: step)), "\(first)/\(step)")
        case 3:
            let values = Set(stride(from: first, through: last, by: step)).union([last])
            return (values, "\(first)-\(last)/\(step),\(last)")
        default: return (Set(range), "*")
        }
    }

    /// - Parameter minute: since 1970.
    func fit(_ minute: Int) -> Bool {
        guard minutes.contains(minute % 60), hours.contains(minute / 60 % 24) else { return false }
        let day = minute / 1440
        let date = Self.civil(day)
        // 1970-01-01 was a Thursday, the fifth day.
        return months.contains(date.month) && days.contains(isOfWeek ? (day + 4) % 7 + 1 : date.day)
    }

    /// Month and day, counted from 1970 year by year and month by month.
    private static func civil(_ day: Int) -> (month: Int, day: Int) {
        var (year, rest) = (1970, day)
        func isLeap(_ year: Int) -> Bool { year % 4 == 0 && year % 100 != 0 || year % 400 == 0 }
        while rest >= (isLeap(year) ? 366 : 365) {
            rest -= isLeap(year) ? 366 : 365
            year += 1
        }
        let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for (index, length) in lengths.enumerated() {
            if rest < length { return (index + 1, rest + 1) }
            rest -= length
        }
        return (12, 31)
    }
}

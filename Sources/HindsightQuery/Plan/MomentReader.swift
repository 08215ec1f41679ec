import HindsightSyntax
import HindsightValues

/// Reads the moment that a value behind AS OF or AT means.
struct MomentReader {
    /// The time of the statement, from which ages count.
    let now: Timestamp
    let span: SourceSpan

    /// - Throws: `invalidTime` for a value that means no moment.
    func moment(_ value: Value) throws(QueryError) -> Moment {
        switch value {
        case .timestamp(let timestamp):
            return .time(microseconds: timestamp.microsecondsSince1970)
        case .date(let date):
            return .time(microseconds: Timestamp(midnightOf: date).microsecondsSince1970)
        case .int(let seconds):
            let (microseconds, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000)
            guard !overflows else { throw invalid("\(seconds) seconds lie outside the calendar") }
            return .time(microseconds: microseconds)
        case .decimal(let seconds):
            return .time(microseconds: try microseconds(seconds))
        case .string(let text), .symbol(let text):
            return try moment(text)
        case .interval:
            throw invalid("an interval is no moment", hint: "write INTERVAL '10' MINUTE AGO, or NOW() - INTERVAL …")
        default:
            throw invalid("\(value.kindPhrase) is no moment")
        }
    }

    /// The moment that lies an interval before now.
    func moment(before value: Value) throws(QueryError) -> Moment {
        guard case .interval(let interval) = value else { throw invalid("AGO needs an interval") }
        do {
            return .time(microseconds: try now.subtracting(interval).microsecondsSince1970)
        } catch {
            throw invalid("the interval reaches outside the calendar")
        }
    }

    private func moment(_ text: String) throws(QueryError) -> Moment {
        if TextOrder.isEqualIgnoringCase(text, "latest") { return .latest }
        if TextOrder.isEqualIgnoringCase(text, "earliest") { return .earliest }
        if text.utf8.first == UInt8(ascii: "v"), let version = UInt64(text.dropFirst()) { return .version(version) }
        if text.utf8.first == UInt8(ascii: "-"), let age = MomentReader.ageSeconds(text) {
            let (microseconds, overflows) = age.multipliedReportingOverflow(by: 1_000_000)
            let (time, underflows) = now.microsecondsSince1970.subtractingReportingOverflow(microseconds)
            guard !overflows, !underflows else { throw invalid("the age '\(text)' reaches outside the calendar") }
            return .time(microseconds: time)
        }
        guard let timestamp = Timestamp(text) else {
            throw invalid(
                "'\(text.shortened)' is no time",
                hint: "write '2026-05-01T12:00:00Z', an age such as '-10m', a version such as 'v42', or LATEST"
            )
        }
        return .time(microseconds: timestamp.microsecondsSince1970)
    }

    private func microseconds(_ seconds: Number) throws(QueryError) -> Int64 {
        do {
            return try seconds.multiplied(by: 1_000_000).roundedToInt64()
        } catch {
            throw invalid("\(seconds) seconds lie outside the calendar")
        }
    }

    private func invalid(_ message: String, hint: String? = nil) -> QueryError {
        QueryError(.invalidTime, message, at: span, hint: hint)
    }

    /// The seconds of an age: `-90s`, `-10m`, `-2h30m`, `-1d`, `-1w`.
    static func ageSeconds(_ text: String) -> Int64? {
        var total: Int64 = 0
        var digits: Int64?
        for byte in text.utf8.dropFirst() {
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                let (tens, overflows) = (digits ?? 0).multipliedReportingOverflow(by: 10)
                guard !overflows, tens <= Int64.max - 9 else { return nil }
                digits = tens + Int64(byte - UInt8(ascii: "0"))
                continue
            }
            guard let count = digits, let unit = secondsOfUnit[byte] else { return nil }
            let (seconds, overflows) = count.multipliedReportingOverflow(by: unit)
            let (sum, sumOverflows) = total.addingReportingOverflow(seconds)
            guard !overflows, !sumOverflows else { return nil }
            total = sum
            digits = nil
        }
        return digits == nil && text.utf8.count > 2 ? total : nil
    }

    private static let secondsOfUnit: [UInt8: Int64] = [
        UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3600, UInt8(ascii: "d"): 86_400,
        UInt8(ascii: "w"): 604_800,
    ]
}

extension String {
    /// The text as messages quote it: cut if it is long.
    var shortened: String {
        unicodeScalars.count > 40 ? String(String.UnicodeScalarView(unicodeScalars.prefix(37))) + "..." : self
    }
}

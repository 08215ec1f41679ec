import HindsightValues

/// Times and durations as the shell writes them.
enum TimeText {
    /// A commit's time in full, UTC with microseconds: it can be used in AS OF as it stands.
    static func full(_ microseconds: Int64) -> String {
        guard let time = try? Timestamp(microsecondsSince1970: microseconds) else { return "\(microseconds)" }
        let date = time.date
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T"
            + clock(microseconds, fractionDigits: 6) + "Z"
    }

    /// The time of day, UTC with milliseconds.
    static func ofDay(_ microseconds: Int64) -> String {
        clock(microseconds, fractionDigits: 3)
    }

    /// A duration in the unit that suits it: `0.4 ms`, `12 ms`, `3.25 s`.
    static func duration(_ duration: Duration) -> String {
        let milliseconds = milliseconds(duration)
        if milliseconds >= 1_000 { return decimal(milliseconds / 1_000, digits: 2) + " s" }
        return decimal(milliseconds, digits: milliseconds < 10 ? 1 : 0) + " ms"
    }

    static func milliseconds(_ duration: Duration) -> Double {
        duration / .milliseconds(1)
    }

    /// A number that is not negative, with so many digits after the point.
    static func decimal(_ number: Double, digits: Int) -> String {
        let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        let scaled = Int((number * Double(scale)).rounded())
        return digits == 0 ? "\(scaled)" : "\(scaled / scale).\(padded(scaled % scale, digits))"
    }

    private static func clock(_ microseconds: Int64, fractionDigits: Int) -> String {
        let day: Int64 = 86_400_000_000
        let ofDay = Int((microseconds % day + day) % day)
        let seconds = ofDay / 1_000_000
        let fraction = padded(ofDay % 1_000_000, 6).prefix(fractionDigits)
        return "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2)).\(fraction)"
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

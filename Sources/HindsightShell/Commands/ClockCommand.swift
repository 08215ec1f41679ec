import HindsightValues

/// `.clock`: the database's clock, shown, set, or moved on.
enum ClockCommand {
    @Sendable static func run(_ shell: Shell, _ text: String) throws(ShellError) -> Shell.Flow {
        let clock = shell.connection.clock
        if text.isEmpty {
            shell.output.writeLine(TimeText.full(clock.now()))
        } else if text.hasPrefix("+") || text.hasPrefix("-") {
            clock.set(clock.now().addingReportingOverflow(try age(text)).partialValue)
        } else if let time = ClockTime.parse(text) {
            clock.set(time)
        } else {
            throw .command("'\(text)' is no time", hint: ClockTime.hint)
        }
        return .goOn
    }

    private static func age(_ text: String) throws(ShellError) -> Int64 {
        guard let age = ClockTime.parseAge(text) else {
            throw .command("'\(text)' is no age", hint: "write a number and a unit, as in +90s, +10m, +2h or +1d")
        }
        return age
    }
}

/// Times as `.clock` and `--clock` take them.
enum ClockTime {
    static let hint = "write a time in ISO 8601, as in 2026-05-01T12:00:00Z"

    /// Microseconds since 1970 of a time in ISO 8601, UTC unless it names another zone; nil if it is none.
    static func parse(_ text: String) -> Int64? {
        (try? Timestamp.parse(text))?.microsecondsSince1970
    }

    /// Microseconds of a signed number and a unit: `+10m`; nil if it is no such age.
    static func parseAge(_ text: String) -> Int64? {
        let seconds: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let unit = text.last.flatMap({ seconds[$0] }), let count = Int64(text.dropLast()) else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit * 1_000_000)
        return overflow ? nil : product
    }
}

import HindsightSyntax
import Testing

@testable import HindsightShell

struct DotCommandTests {
    @Test(arguments: [
        (".mode csv", ".mode", "csv"), (".MODE", ".mode", ""), (".read  my file.pq  ", ".read", "my file.pq"),
        (".quit;", ".quit", ""), (".tokens SELECT 1;", ".tokens", "SELECT 1"),
    ])
    func splitsLines(line: String, name: String, argument: String) {
        let parts = DotCommand.split(line)
        #expect(parts.name == name)
        #expect(parts.argument == argument)
    }

    @Test func areSortedAndHaveHelp() {
        let names = DotCommand.all.map(\.name)
        #expect(names == names.sorted())
        #expect(Set(names).count == names.count)
        #expect(DotCommand.all.allSatisfy { !$0.help.isEmpty && $0.name.hasPrefix(".") })
    }
}

struct StatementHelpTests {
    @Test func examplesAreStatements() throws {
        for help in StatementHelp.all {
            for example in help.example {
                #expect(throws: Never.self) { try Parser.statement(example) }
            }
        }
    }
}

struct ClockTimeTests {
    @Test func readsTimesAndAges() {
        #expect(ClockTime.parse("2026-05-01T12:00:00Z") == ShellClock.timeOfScripts)
        #expect(ClockTime.parse("2026-05-01T14:00:00+02:00") == ShellClock.timeOfScripts)
        #expect(ClockTime.parse("yesterday") == nil)
        #expect(ClockTime.parseAge("+10m") == 600_000_000)
        #expect(ClockTime.parseAge("-1d") == -86_400_000_000)
        #expect(ClockTime.parseAge("+9223372036854775807d") == nil)
        #expect(ClockTime.parseAge("+10") == nil)
    }
}

struct TimeTextTests {
    @Test func writesCommitTimes() {
        #expect(TimeText.full(ShellClock.timeOfScripts) == "2026-05-01T12:00:00.000000Z")
        #expect(TimeText.ofDay(ShellClock.timeOfScripts + 3_045_678) == "12:00:03.045")
        #expect(TimeText.full(-1) == "1969-12-31T23:59:59.999999Z")
    }

    @Test(arguments: [(400, "0.4 ms"), (12_345, "12 ms"), (3_251_000, "3.25 s"), (0, "0.0 ms"), (9_970, "10.0 ms")])
    func writesDurations(microseconds: Int, text: String) {
        #expect(TimeText.duration(.microseconds(microseconds)) == text)
    }
}

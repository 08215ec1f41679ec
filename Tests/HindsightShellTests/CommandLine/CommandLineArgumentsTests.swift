import Testing

@testable import HindsightShell

struct CommandLineArgumentsTests {
    @Test func takesFilesByTheirEndings() throws {
        let both = try CommandLineArguments.parse(["shop.hsdb", "report.pq"])
        #expect(both.database == "shop.hsdb")
        #expect(both.scripts == ["report.pq"])
        let script = try CommandLineArguments.parse(["report.pq"])
        #expect(script.database == nil)
        #expect(script.scripts == ["report.pq"])
        #expect(try CommandLineArguments.parse(["--", "-odd.hsdb"]).database == "-odd.hsdb")
    }

    @Test func takesOptions() throws {
        let arguments = try CommandLineArguments.parse([
            "-c", "SELECT 1", "--command=SELECT 2", "--mode", "csv", "--clock=2026-05-01T12:00:00Z", "shop.hsdb",
            "--read-only",
        ])
        #expect(arguments.commands == ["SELECT 1", "SELECT 2"])
        #expect(arguments.mode == .csv)
        #expect(arguments.clock == "2026-05-01T12:00:00Z")
        #expect(arguments.isReadOnly)
    }

    @Test(arguments: [
        (["--mod", "csv"], "no option '--mod'; did you mean `--mode`?"),
        (["-x"], "no option '-x'"),
        (["--mode", "xml"], "no output mode 'xml'; there are table, line, json, jsonl, csv"),
        (["--clock"], "the option '--clock' needs a value"),
        (["--json=1"], "the option '--json' takes no value"),
        (["a.hsdb", "b.hsdb"], "a second database 'b.hsdb'; one can be opened"),
        (["a.pq", "b.pq"], "a second script 'b.pq'; one is run at a time"),
        (["-c", "SELECT 1", "a.pq"], "both '-c' and the script 'a.pq'; one of them is run"),
        (["--check"], "'--check' and '--rewrite' need a script, a file that ends in .pq"),
        (["--json", "--mode", "csv"], "both '--json' and '--mode'"),
        (["--read-only"], "'--read-only' needs a database file"),
    ])
    func refusesWrongUsage(words: [String], message: String) {
        #expect(throws: UsageError(message)) { try CommandLineArguments.parse(words) }
    }

    @Test func helpNamesEveryOption() {
        let help = CommandLineOption.helpText
        for option in CommandLineOption.all {
            #expect(help.contains(option.name))
            #expect(help.contains(option.help))
        }
        #expect(help.split(separator: "\n").allSatisfy { $0.count <= 120 })
    }
}

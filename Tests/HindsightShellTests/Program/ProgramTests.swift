import Foundation
import HindsightTestSupport
import Testing

@testable import HindsightShell

struct ProgramTests {
    @Test func runsStatementsOfTheCommandLine() throws {
        let run = try ProgramRun(["--mode", "csv", "-c", "SELECT 1 AS a; SELECT 2 AS b", "-c", "SELECT 3 AS c"])
        #expect(run.status == 0)
        #expect(run.output == "a\r\n1\r\nb\r\n2\r\nc\r\n3\r\n")
        #expect(run.errors == "")
    }

    @Test func runsStatementsOfStandardInput() throws {
        let run = try ProgramRun([], input: "SELECT 'ö' AS a;\n.mode jsonl\nSELECT 2 AS b")
        #expect(run.status == 0)
        #expect(run.output == "┌───┐\n│ a │\n├───┤\n│ ö │\n└───┘\n(1 row)\n{\"b\":2}\n")
    }

    @Test func stopsAtTheFirstErrorAndSaysWhere() throws {
        let directory = try TemporaryDirectory()
        let script = directory.file("bad.pq")
        try FileSystem.write("1;\n\nSELECT *\nFORM x;\n2;\n", to: script)
        let run = try ProgramRun([script])
        #expect(run.status == 1)
        #expect(run.output == "1\n")
        #expect(run.errors.hasPrefix("\(script):4:1: error: "))
        #expect(run.errors.contains("4 | FORM x"))
        #expect(run.errors.contains("^~~~"))
    }

    @Test func goesOnAfterErrorsIfToldSo() throws {
        let run = try ProgramRun([], input: ".bail off\nSELECT FROM;\n2;\n")
        #expect(run.status == 1)
        #expect(run.output == "2\n")
    }

    @Test func keepsADatabaseInItsFile() throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("shop.hsdb")
        let made = try ProgramRun([
            file, "-c", "CREATE TABLE t (a STRING PARTITION KEY); INSERT INTO t VALUE {'a': 'x'};",
        ])
        #expect(made.status == 0)
        let script = directory.file("read.pq")
        try FileSystem.write("SELECT * FROM t;", to: script)
        #expect(try ProgramRun([file, script, "--mode", "jsonl"]).output == "{\"a\":\"x\"}\n")
        let refused = try ProgramRun([file, "--read-only", "-c", "DELETE FROM t"])
        #expect(refused.status == 1)
        #expect(
            try ProgramRun([file, "--read-only", "-c", "SELECT * FROM t", "--mode", "jsonl"]).output
                == "{\"a\":\"x\"}\n")
    }

    @Test func readsOtherScripts() throws {
        let directory = try TemporaryDirectory()
        try FileSystem.write("SELECT 1 AS a;", to: directory.file("inner.pq"))
        let run = try ProgramRun(["--mode", "jsonl"], input: ".read \(directory.file("inner.pq"))\nSELECT 2 AS a;")
        #expect(run.output == "{\"a\":1}\n{\"a\":2}\n")
        try FileSystem.write(".read \(directory.file("self.pq"))", to: directory.file("self.pq"))
        let endless = try ProgramRun([directory.file("self.pq")])
        #expect(endless.status == 1)
        #expect(endless.errors.contains("16 deep"))
    }

    @Test func hasItsExitStatuses() throws {
        let directory = try TemporaryDirectory()
        try FileSystem.write("no database\n", to: directory.file("text.hsdb"))
        try FileSystem.write("SELECT '\u{FF}';", to: directory.file("utf8.pq"))
        #expect(try ProgramRun(["--nonsense"]).status == 2)
        #expect(try ProgramRun(["--clock", "noon"]).status == 2)
        #expect(try ProgramRun([directory.file("text.hsdb"), "-c", "1"]).status == 3)
        #expect(try ProgramRun([directory.file("none.pq")]).status == 3)
        #expect(try ProgramRun(["--read-only", directory.file("none.hsdb"), "-c", "1"]).status == 3)
        #expect(try ProgramRun(["-c", "SELECT"]).status == 1)
        #expect(try ProgramRun(["-c", ""]).status == 0)
        #expect(try ProgramRun([], input: "").status == 0)
    }

    @Test func refusesTextThatIsNotUTF8() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("latin1.pq")
        try Data([0x31, 0x3B, 0x0A, 0x27, 0xE9, 0x27, 0x3B]).write(to: URL(fileURLWithPath: path))
        let run = try ProgramRun([path])
        #expect(run.status == 3)
        #expect(run.errors == "pq: '\(path)' is not UTF-8: byte 0xE9 at offset 4, in line 2\n")
        let piped = try ProgramRun(inputBytes: [0x31, 0x3B, 0x0A, 0x27, 0xE9, 0x27, 0x3B], [])
        #expect(piped.status == 3)
        #expect(piped.errors == "pq: '<stdin>' is not UTF-8: byte 0xE9 at offset 4, in line 2\n")
    }

    /// A word that is no UTF-8 cannot be given by `Process`, so a shell writes it.
    @Test(arguments: ["-c \"$(printf \"SELECT '\\303'\")\"", "\"$(printf \"SELECT '\\303'\")\" -c 1"])
    func refusesArgumentsThatAreNotUTF8(words: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "'\(BuiltProgram.path)' \(words) 2>&1"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 2)
        #expect(text.contains("is not UTF-8: byte 0xC3 at offset 8"), "\(text)")
    }

    @Test func takesByteOrderMarksAndLineEndsOfAllKinds() throws {
        for text in ["\u{FEFF}SELECT VALUE 1 + 1;", "SELECT\r\nVALUE 1\r+ 1;\r\n", "-- a comment\r\nSELECT VALUE 2;"] {
            #expect(try ProgramRun(["--mode", "jsonl"], input: text).output == "2\n", "\(text.debugDescription)")
        }
    }

    @Test func printsHelpAndVersion() throws {
        #expect(try ProgramRun(["--version"]).output == "pq \(ProductVersion.text)\n")
        let help = try ProgramRun(["--help"])
        #expect(help.status == 0)
        #expect(help.output == CommandLineOption.helpText)
    }

    @Test func hasAClockOfItsOwnIfTold() throws {
        let run = try ProgramRun(
            ["--clock", "2026-05-01T14:00:00+02:00"],
            input: "CREATE TABLE t (a STRING PARTITION KEY);\n.clock\n")
        #expect(run.output == "table created (v1, 12:00:00.000)\n2026-05-01T12:00:01.000000Z\n")
    }

    @Test(arguments: [[], ["--json"]])
    func endsAtAnInterrupt(options: [String]) throws {
        let directory = try TemporaryDirectory()
        let numbers = "<<1,2,3,4,5,6,7,8,9,10>>"
        let sources = "abcdefghij".map { "\(numbers) AS \($0)" }.joined(separator: ", ")
        let script = directory.file("slow.pq")
        try FileSystem.write("SELECT COUNT(*) AS n FROM \(sources);\n2;", to: script)
        // An interrupt before the statement runs ends the process by default: then it came too early.
        for patience in [0.2, 1, 3, 9] {
            let run = try ProgramRun(options + [script], interruptedAfter: patience)
            if run.wasKilled { continue }
            #expect(run.status == 130)
            #expect(options.isEmpty ? run.output == "" : run.output.contains(#""code":"cancelled""#))
            #expect(!options.isEmpty || run.errors.hasPrefix("interrupted after "))
            return
        }
        Issue.record("the statement never ran")
    }

    @Test func endsAtAnInterruptWhileItWaits() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        process.arguments = ["--json"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data("1;\n".utf8))
        #expect(output.fileHandleForReading.availableData.count > 0)
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(process.terminationStatus == 2)
    }

    @Test func checksAndRewritesGoldenScripts() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("golden.pq")
        try FileSystem.write("1 + 1;\n--> 3\n", to: path)
        let failed = try ProgramRun(["--check", path])
        #expect(failed.status == 1)
        #expect(failed.output.hasPrefix("\(path): not as expected"))
        #expect(try ProgramRun(["--rewrite", path]).status == 0)
        #expect(try FileSystem.contents(of: path) == Array("1 + 1;\n--> 2\n".utf8))
        #expect(try ProgramRun(["--check", path]).status == 0)
    }
}

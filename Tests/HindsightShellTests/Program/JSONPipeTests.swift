import Foundation
import HindsightTestSupport
import Testing

@testable import HindsightShell

struct JSONPipeTests {
    /// The answers without their times.
    private func answers(_ input: String, _ arguments: [String] = []) throws -> [String] {
        let run = try ProgramRun(["--json", "--clock", "2026-05-01T12:00:00Z"] + arguments, input: input)
        let time = #",?"ms":[0-9]+\.[0-9]{3}\}$"#
        return run.output.split(separator: "\n").map { line in
            line.replacingOccurrences(of: time, with: "}", options: .regularExpression)
        }
    }

    @Test func answersEachStatementWithALine() throws {
        let input = """
            CREATE TABLE t (a STRING PARTITION KEY);
            INSERT INTO t << {'a': 'x', 'n': 12345678901234567890.123456789012345678}, {'a': 'y', 'n': 1E-130} >>
            SELECT *
            FROM t
            WHERE a = 'x'
            DELETE FROM t WHERE a = 'nothing';
            1 + 1;
            """
        #expect(
            try answers(input) == [
                #"{"changed":0,"version":1,"time":"2026-05-01T12:00:00.000000Z"}"#,
                #"{"changed":2,"version":2,"time":"2026-05-01T12:00:01.000000Z"}"#,
                #"{"rows":[{"a":"x","n":12345678901234567890.123456789012345678}]}"#,
                #"{"changed":0,"version":null,"time":null}"#,
                #"{"rows":[2]}"#,
            ])
    }

    @Test func answersErrorsAndGoesOn() throws {
        let run = try ProgramRun(["--json"], input: "SELECT *\n  FROM Nope;\nSELECT 1 AS a;\n")
        let lines = run.output.split(separator: "\n")
        #expect(run.status == 1)
        #expect(lines.count == 2)
        let pattern =
            #"^\{"error":\{"code":"unknown_table","message":"[^"]+","line":2,"column":8,.*"exception":"ResourceNotFoundException"\}"#
        #expect(lines[0].range(of: pattern, options: .regularExpression) != nil)
        #expect(lines[1].hasPrefix(#"{"rows":[{"a":1}],"ms":"#))
    }

    @Test func returnsRowsOfChanges() throws {
        let input =
            "CREATE TABLE t (a STRING PARTITION KEY); INSERT INTO t VALUE {'a': 'x'}; DELETE FROM t WHERE a = 'x' RETURNING ALL OLD *;"
        #expect(
            try answers(input).last
                == #"{"changed":1,"version":3,"time":"2026-05-01T12:00:02.000000Z","rows":[{"a":"x"}]}"#)
    }

    @Test func answersCommands() throws {
        #expect(
            try answers(".clock\n.clock 2027-01-01\n.clock\n") == [
                #"{"text":"2026-05-01T12:00:00.000000Z\n"}"#, #"{"text":""}"#,
                #"{"text":"2027-01-01T00:00:00.000000Z\n"}"#,
            ])
    }

    @Test func refusesStatementsThatAreNotUTF8() throws {
        let run = try ProgramRun(inputBytes: Array("1;'".utf8) + [0xC3] + Array("';2;".utf8), ["--json"])
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix(#"{"rows":[1]"#) && lines[2].hasPrefix(#"{"rows":[2]"#))
        #expect(lines[1].contains("invalid_utf8") && lines[1].contains("byte 0xC3 at offset 1"))
    }

    @Test func answersStatementsOfTheCommandLine() throws {
        #expect(try answers("", ["-c", "1; 2", "-c", "3"]) == [#"{"rows":[1]}"#, #"{"rows":[2]}"#, #"{"rows":[3]}"#])
    }

    @Test func answersAtOnce() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        process.arguments = ["--json"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        for number in 1...3 {
            try input.fileHandleForWriting.write(contentsOf: Data("SELECT \(number) AS n\n".utf8))
            let answer = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            #expect(answer.hasPrefix(#"{"rows":[{"n":\#(number)}],"ms":"#))
            #expect(answer.hasSuffix("}\n"))
        }
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}

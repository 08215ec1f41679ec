import Foundation
import HindsightValues

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The child process: reads runs from its standard input to the end, then answers each in order.
///
/// Input is lines of a word, a space and JSON: `env` and a line of environments, which holds for what follows, or a mode
/// and a case. Output is an `Outcome` in JSON a line.
enum Worker {
    /// The argument that makes a process a worker.
    static let argument = "--worker"
    /// The longest that one run may take.
    static let timeLimitSeconds: UInt32 = 5

    static func run() {
        let input = FileHandle.standardInput.readDataToEndOfFile()
        var globals = Result<[String: Value], any Error>.success([:])
        for line in input.split(separator: UInt8(ascii: "\n")) {
            guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
            let word = String(decoding: line[..<space], as: UTF8.self)
            let json = Data(line[line.index(after: space)...])
            if word == environmentWord {
                globals = Result { json.isEmpty ? [:] : try CaseEnvironment.globals(in: json) }
            } else if let mode = CaseRun.Mode(rawValue: word) {
                answer(mode, json, globals)
            }
        }
    }

    /// The signal of an alarm that is not called off ends the process; the parent sees why.
    private static func answer(_ mode: CaseRun.Mode, _ json: Data, _ globals: Result<[String: Value], any Error>) {
        _ = alarm(timeLimitSeconds)
        let outcome = outcome(mode, json, globals)
        _ = alarm(0)
        var line = (try? JSONEncoder().encode(outcome)) ?? Data()
        line.append(UInt8(ascii: "\n"))
        FileHandle.standardOutput.write(line)
    }

    private static func outcome(
        _ mode: CaseRun.Mode, _ json: Data, _ globals: Result<[String: Value], any Error>
    ) -> Outcome {
        struct Text: Decodable {
            let statement: String
        }
        do {
            let statement = try JSONDecoder().decode(Text.self, from: json).statement
            return Judge.outcome(of: mode, statement: statement, line: json, globals: try globals.get())
        } catch {
            return Outcome(isPass: false, found: "\(error)")
        }
    }

    private static let environmentWord = "env"

    /// What a worker must read to do these runs.
    static func input(_ runs: ArraySlice<CaseRun>) -> Data {
        var input = Data()
        var environment: Data?
        for run in runs {
            if run.environment != environment {
                environment = run.environment
                input.append(Data("\(environmentWord) ".utf8) + (environment ?? Data()) + Data("\n".utf8))
            }
            input.append(Data("\(run.mode.rawValue) ".utf8) + run.line + Data("\n".utf8))
        }
        return input
    }
}

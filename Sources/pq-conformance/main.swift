// Runs the PartiQL conformance cases of folders, each in a child process that may crash or hang.
// Must not know: how a statement is evaluated.

import Foundation

/// Runs and fails as the process should end: 0 if all passed, 1 if a run failed, 2 if there was nothing to run.
func runConformance(_ arguments: Arguments) -> Int32 {
    do {
        let runs = try arguments.folders.flatMap { try CaseFolder($0).runs() }
        guard !runs.isEmpty else { throw UsageError("no cases in \(arguments.folders.joined(separator: ", "))") }
        let report = Report(runs: runs, outcomes: Supervisor(runs: runs).outcomes())
        FileHandle.standardOutput.write(Data((arguments.printsJSON ? report.json : report.text).utf8))
        let summary = arguments.printsJSON ? FileHandle.standardError : .standardOutput
        summary.write(Data((report.summary + "\n").utf8))
        return report.failed == 0 ? 0 : 1
    } catch {
        FileHandle.standardError.write(Data("pq-conformance: \(error)\n".utf8))
        return 2
    }
}

let words = Array(CommandLine.arguments.dropFirst())
if words == [Worker.argument] {
    Worker.run()
} else {
    do {
        exit(runConformance(try Arguments(words)))
    } catch {
        FileHandle.standardError.write(Data("pq-conformance: \(error)\n\(Arguments.usage)\n".utf8))
        exit(2)
    }
}

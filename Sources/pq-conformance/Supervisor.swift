import Dispatch
import Foundation
import Synchronization

/// Has runs done by child processes, in chunks, some at the same time. A run that ends its process has failed; the next
/// process goes on after it.
struct Supervisor {
    let runs: [CaseRun]

    /// A process's start costs about as much as a hundred runs.
    private static let chunkLength = 300

    /// The outcomes of all runs, in their order.
    func outcomes() -> [Outcome] {
        let chunks = stride(from: 0, to: runs.count, by: Self.chunkLength).map {
            runs[$0..<min($0 + Self.chunkLength, runs.count)]
        }
        let results = Mutex([Int: [Outcome]]())
        DispatchQueue.concurrentPerform(iterations: chunks.count) { index in
            let outcomes = outcomes(of: chunks[index])
            results.withLock { $0[index] = outcomes }
        }
        return results.withLock { results in chunks.indices.flatMap { results[$0] ?? [] } }
    }

    private func outcomes(of chunk: ArraySlice<CaseRun>) -> [Outcome] {
        var outcomes: [Outcome] = []
        while outcomes.count < chunk.count {
            let rest = chunk.dropFirst(outcomes.count)
            let (answers, end) = work(on: rest)
            outcomes += answers.prefix(rest.count)
            if outcomes.count < chunk.count { outcomes.append(Outcome(isPass: false, found: end)) }
        }
        return outcomes
    }

    /// What one process answers before it ends, and how it ended.
    private func work(on runs: ArraySlice<CaseRun>) -> (answers: [Outcome], end: String) {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = Bundle.main.executableURL
        process.arguments = [Worker.argument]
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            // The worker reads all before it answers, so that neither waits for the other.
            try input.fileHandleForWriting.write(contentsOf: Worker.input(runs))
            try input.fileHandleForWriting.close()
        } catch {
            return ([], "no process to run it: \(error)")
        }
        let lines = output.fileHandleForReading.readDataToEndOfFile().split(separator: UInt8(ascii: "\n"))
        process.waitUntilExit()
        return (lines.compactMap { try? JSONDecoder().decode(Outcome.self, from: Data($0)) }, end(of: process))
    }

    private func end(of process: Process) -> String {
        guard process.terminationReason == .uncaughtSignal else {
            return "the process ended with status \(process.terminationStatus)"
        }
        if process.terminationStatus == SIGALRM { return "no answer within \(Worker.timeLimitSeconds) seconds" }
        return "a crash with signal \(process.terminationStatus)"
    }
}

import Foundation
import SecondJudge

// Puts random queries to Hindsight and SQLite: `second-judge [QUERIES [SEED]] [windows]`. Prints what differs, and ends
// with 1 then.

let arguments = CommandLine.arguments.dropFirst().compactMap(UInt64.init)
let count = Int(arguments.first ?? 10_000)
let seed = arguments.dropFirst().first ?? UInt64.random(in: 0...UInt64(UInt32.max))

var judge = Judge(usesWindows: CommandLine.arguments.contains("windows"))
print("seed \(seed)")
let clock = ContinuousClock()
let time = try clock.measure { try judge.run(queries: count, seed: seed) }
for report in judge.reports { print(report + "\n") }
let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
print(
    "\(judge.queries) queries, \(Int(Double(judge.queries) / max(seconds, 1e-9))) a second, \(judge.checks), \(judge.reports.count) mismatches"
)
if !judge.reports.isEmpty { exit(1) }

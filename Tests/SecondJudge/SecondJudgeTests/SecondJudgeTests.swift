import Foundation
import HindsightTestSupport
import SecondJudge
import Testing

/// Random queries, asked of Hindsight in several ways and of SQLite. `HINDSIGHT_QUERIES` makes them more.
@Suite struct SecondJudgeTests {
    @Test(arguments: 0..<4) func randomQueriesGiveWhatSQLiteGives(part: Int) throws {
        let seed = TestSeed.fresh &+ UInt64(part) << 32
        let count = ProcessInfo.processInfo.environment["HINDSIGHT_QUERIES"].flatMap(Int.init) ?? 400
        var judge = Judge()
        try judge.run(queries: count / 4, seed: seed)
        #expect(judge.queries == count / 4)
        for report in judge.reports { Issue.record("seed \(seed)\n\(report)") }
    }
}

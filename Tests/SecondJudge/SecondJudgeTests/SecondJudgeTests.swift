import HindsightTestSupport
import SecondJudge
import Testing

@Suite struct SecondJudgeTests {
    @Test func randomQueriesGiveWhatSQLiteGives() throws {
        let seed = TestSeed.fresh
        var judge = Judge()
        try judge.run(queries: 2_000, seed: seed)
        for report in judge.reports { Issue.record("seed \(seed)\n\(report)") }
    }
}

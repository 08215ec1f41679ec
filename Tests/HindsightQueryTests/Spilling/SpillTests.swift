import HindsightKeyValue
import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightQuery

/// Operators that do not fit into memory give the same rows in the same order as those that do.
@Suite struct SpillTests {
    static let sorts = [
        "SELECT VALUE r FROM ? AS r ORDER BY r.a, r.n",
        "SELECT VALUE r FROM ? AS r ORDER BY r.b DESC, r.a NULLS FIRST",
        "SELECT r.n AS n FROM ? AS r ORDER BY r.b || 'x', r.n DESC LIMIT 400 OFFSET 10",
        "SELECT VALUE r.n FROM ? AS r ORDER BY r.n DESC LIMIT 3",
    ]
    static let groups = [
        "SELECT r.a AS a, COUNT(*) AS n, SUM(r.n) AS s, MIN(r.b) AS low, MAX(r.b) AS high FROM ? AS r GROUP BY r.a",
        "SELECT r.a AS a, r.k AS k, AVG(r.n) AS m FROM ? AS r GROUP BY r.a, r.k",
        "SELECT r.m AS m, COUNT(DISTINCT r.b) AS c, SUM(DISTINCT r.n) AS s FROM ? AS r GROUP BY r.m",
        "SELECT VALUE {'k': k, 'g': g} FROM ? AS r GROUP BY r.k AS k GROUP AS g",
        "SELECT DISTINCT r.a, r.k FROM ? AS r", "SELECT DISTINCT VALUE r.b FROM ? AS r",
        "SELECT DISTINCT r.a, r.n FROM ? AS r ORDER BY r.n DESC, r.a",
    ]
    static let joins = ["", "LEFT", "RIGHT", "FULL"].flatMap { side in
        ["r.k = s.k", "r.m = s.m AND r.n < s.n", "r.a = s.a AND r.k + 1 = s.k + 1"].map {
            "SELECT r.n AS x, s.n AS y, r.b AS b, s.a AS a FROM ? AS r \(side) JOIN ? AS s ON \($0)"
        }
    }
    static let sets = ["UNION", "UNION ALL", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL"].map {
        "SELECT VALUE r.k FROM ? AS r \($0) SELECT VALUE s.m FROM ? AS s"
    }

    private static let all = sorts + groups + joins + sets

    /// Rows with numbers, keys that repeat more and less, and values of all kinds.
    private func rows(_ count: Int, _ random: inout SeededGenerator) -> Value {
        .list(
            (0..<count).map { number in
                [
                    "n": .int(Int64(number)), "k": .int(.random(in: 0..<300, using: &random)),
                    "m": .int(.random(in: 0..<40, using: &random)),
                    "a": RandomValue.make(depth: 0, using: &random),
                    "b": RandomValue.make(depth: 2, using: &random),
                ]
            })
    }

    private func parameters(for text: String, _ rows: [Value]) -> Parameters {
        Parameters(text.utf8.count(where: { $0 == UInt8(ascii: "?") }) == 1 ? [rows[0]] : rows)
    }

    @Test(arguments: all) func spilledRowsAreTheSame(text: String) throws {
        let seed = TestSeed.fresh
        var random = SeededGenerator(seed: seed)
        let parameters = parameters(for: text, [rows(700, &random), rows(500, &random)])
        let expected = try QueryHarness().result(text, parameters)
        for limit in [12_000, 60_000] {
            let counter = FailingInterceptor(atCall: 0, of: [.writeSpill])
            let options = SessionOptions(memoryLimit: limit, spilling: SpillSettings(interceptor: counter))
            #expect(try QueryHarness(options: options).result(text, parameters) == expected, "seed \(seed)")
            let isSmall = text.contains("LIMIT 3") || text.contains("UNION ALL") || text.contains("VALUE s.m")
            #expect(counter.callCount > 0 || limit > 12_000 || isSmall, "nothing was put aside")
        }
    }

    @Test(arguments: ["", "LEFT", "RIGHT", "FULL"]) func productsAreTakenInPieces(side: String) throws {
        let text = "SELECT r.n AS x, s.n AS y FROM ? AS r \(side) JOIN ? AS s ON r.n > s.n + 20"
        var random = SeededGenerator(seed: 1)
        let parameters = Parameters([rows(60, &random), rows(120, &random)])
        let expected = try QueryHarness().result(text, parameters)
        #expect(try QueryHarness(options: SessionOptions(memoryLimit: 20_000)).result(text, parameters) == expected)
    }

    @Test func explainAnalyzeTellsWhatWasPutAside() throws {
        let harness = QueryHarness(options: SessionOptions(memoryLimit: 30_000))
        let many = Parameters([.list((0..<3000).map { .int(Int64($0)) })])
        let text = "EXPLAIN ANALYZE SELECT x FROM ? AS x ORDER BY x DESC"
        guard case .rows(let rows) = try harness.session.execute(text, many) else { return #expect(Bool(false)) }
        let lines = try rows.collect().map { $0.structureValue?["plan"]?.text ?? "" }
        #expect(lines.contains { $0.contains("sort by x desc (3000 rows, spilled ") && $0.contains(" runs)") })
        #expect(!lines[0].contains("spilled"))
    }
}

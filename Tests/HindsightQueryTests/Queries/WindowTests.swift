import HindsightSyntax
import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightQuery

/// Window functions against their definition, and what they cost.
@Suite struct WindowTests {
    private typealias Reference = WindowReference

    /// Every unit, every pair of bounds that is allowed, and every exclusion, over random rows.
    @Test(arguments: ["ROWS", "RANGE", "GROUPS"])
    func framesHoldTheRowsThatTheyShould(_ unit: String) throws {
        let seed = TestSeed.fresh
        var random = SeededGenerator(seed: seed)
        let harness = QueryHarness()
        for start in 0..<5 {
            for end in 0..<5 {
                for exclusion in ["NO OTHERS", "CURRENT ROW", "GROUP", "TIES"] {
                    var reference = Reference()
                    reference.unit = unit
                    reference.start = bound(start, &random)
                    reference.end = bound(end, &random)
                    reference.exclusion = exclusion
                    reference.isDescending = Bool.random(using: &random)
                    reference.nullsFirst = Bool.random(using: &random)
                    guard isAllowed(reference) else { continue }
                    try compare(reference, Self.rows(&random), harness, seed)
                }
            }
        }
    }

    @Test func withoutAnOrderAllRowsArePeers() throws {
        let seed = TestSeed.fresh
        var random = SeededGenerator(seed: seed)
        let harness = QueryHarness()
        for _ in 0..<10 {
            var reference = Reference()
            reference.isSorted = false
            try compare(reference, Self.rows(&random), harness, seed)
        }
    }

    private func compare(
        _ reference: Reference, _ rows: [Reference.Row], _ harness: QueryHarness, _ seed: UInt64
    ) throws {
        let calls = Reference.functions.map { "\($0) OVER \(reference.text)" }.joined(separator: ", ")
        let items = rows.map { row -> Value in
            var item = Structure()
            item.append("i", .int(Int64(row.id)))
            item.append("p", .int(Int64(row.partition)))
            if let key = row.key { item.append("k", .int(Int64(key))) }
            item.append("v", row.value.map { .int(Int64($0)) } ?? .null)
            return .structure(item)
        }
        let text = "SELECT VALUE [t.i, \(calls)] FROM ? AS t"
        guard case .rows(let found) = try harness.session.execute(text, Parameters([.list(items)])) else { return }
        var results: [Int64: [Value]] = [:]
        for case .list(let values) in try found.collect() {
            if case .int(let id) = values[0] { results[id] = Array(values.dropFirst()) }
        }
        #expect(results.count == rows.count)
        for partition in reference.partitions(rows) {
            for place in partition.indices {
                let wanted = try Reference.functions.map { try reference.result(of: $0, place, in: partition) }
                let given = results[Int64(partition[place].id)] ?? []
                for (function, (given, wanted)) in zip(Reference.functions, zip(given, wanted)) {
                    #expect(
                        given == wanted,
                        "\(function) OVER \(reference.text), row \(partition[place]) of \(partition), seed \(seed)")
                }
            }
        }
    }

    private static func rows(_ random: inout SeededGenerator) -> [Reference.Row] {
        (0..<Int.random(in: 1...24, using: &random)).map { id in
            Reference.Row(
                id: id, partition: Int.random(in: 0...1, using: &random),
                key: Int.random(in: 0..<6, using: &random) == 0 ? nil : Int.random(in: 0..<9, using: &random),
                value: Int.random(in: 0..<4, using: &random) == 0 ? nil : Int.random(in: 0..<10, using: &random))
        }
    }

    private func bound(_ kind: Int, _ random: inout SeededGenerator) -> Reference.Bound {
        let count = Int.random(in: 0...3, using: &random)
        switch kind {
        case 0: return .unbounded
        case 1, 4: return .preceding(count)
        case 2: return .current
        default: return .following(count)
        }
    }

    /// The binder refuses frames whose end is written before their start.
    private func isAllowed(_ reference: Reference) -> Bool {
        switch (reference.start, reference.end) {
        case (.following, .current), (.following, .preceding), (.current, .preceding): false
        default: true
        }
    }

    // MARK: Cost

    /// Frames that move over many rows cost a few additions a row, not a frame's length.
    @Test func longFramesAreNotAddedUpForEachRow() throws {
        let harness = QueryHarness()
        let many = Parameters([.list((0..<20_000).map { .int(Int64($0)) })])
        for frame in [
            "ROWS UNBOUNDED PRECEDING", "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
            "ROWS BETWEEN 9000 PRECEDING AND 9000 FOLLOWING",
            "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW",
        ] {
            let text = "SELECT MAX(s) AS m FROM (SELECT MAX(x) OVER (ORDER BY x \(frame)) AS s FROM ? AS x) AS t"
            #expect(try harness.result(text, many) == ["{'m': 19999}"])
        }
    }

    @Test func holdsOnePartitionAtATime() throws {
        let harness = QueryHarness(options: SessionOptions(memoryLimit: 300_000))
        let many = Parameters([.list((0..<1000).map { .int(Int64($0)) })])
        let text = "SELECT COUNT(*) AS n FROM (SELECT SUM(x) OVER (PARTITION BY x / 10) AS s FROM ? AS x) AS t"
        #expect(try harness.result(text, many) == ["{'n': 1000}"])
        let small = QueryHarness(options: SessionOptions(memoryLimit: 30_000))
        #expect(small.failure("SELECT VALUE SUM(x) OVER () FROM ? AS x", many)?.code == .memoryLimit)
    }

    @Test func oneSortServesWindowsThatBeginAlike() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        let plan = try harness.plan(
            """
            SELECT SUM(p.Price) OVER (PARTITION BY p.Category), RANK() OVER (PARTITION BY p.Category ORDER BY p.Price),
                COUNT(*) OVER () FROM ProductCatalog AS p
            """)
        #expect(plan.count { $0.contains("sort by") } == 1)
        #expect(plan.count { $0.contains("window") } == 3)
    }

    @Test func aWindowRunsAgainForEachRowOutside() throws {
        let harness = QueryHarness()
        let text = """
            SELECT VALUE COLL_SUM((SELECT VALUE SUM(y) OVER (ORDER BY y ROWS x PRECEDING) FROM [1, 2, 3] AS y))
            FROM [0, 1, 2] AS x
            """
        #expect(try harness.result(text) == ["6", "9", "10"])
    }
}

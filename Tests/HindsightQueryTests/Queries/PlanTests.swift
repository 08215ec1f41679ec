import HindsightValues
import Testing

@testable import HindsightQuery

@Suite struct PlanTests {
    private func harness() throws -> QueryHarness {
        let harness = QueryHarness()
        try harness.makeCatalog()
        try harness.makeMusic()
        return harness
    }

    @Test func partitionKeyBecomesAGet() throws {
        let plan = try harness().plan("SELECT Title FROM ProductCatalog WHERE Id = 101 AND Price > 1")
        #expect(
            plan == [
                "project Title", "  get by key ProductCatalog: Id = 101", "    where Price > 1", "    read Title",
            ])
    }

    @Test func sortKeyConditionsBecomeRanges() throws {
        let harness = try harness()
        let range = "SELECT * FROM Music WHERE Artist = 'Acme Band' AND SongTitle BETWEEN 'A' AND 'M'"
        #expect(
            try harness.plan(range) == [
                "project *",
                "  range on sort key Music: Artist = 'Acme Band' AND SongTitle BETWEEN 'A' AND 'M'",
                "    read whole item",
            ])
        #expect(try harness.result(range).count == 2)
        #expect(
            try harness.plan("SELECT VALUE 1 FROM Music WHERE Artist = 'Acme Band' AND begins_with(SongTitle, 'P')")[1]
                == "  range on sort key Music: Artist = 'Acme Band' AND begins_with(SongTitle, 'P')")
        #expect(
            try harness.plan("SELECT VALUE 1 FROM Music WHERE Artist = 'a' AND SongTitle > 'b' AND SongTitle <= 'c'")[1]
                == "  range on sort key Music: Artist = 'a' AND SongTitle > 'b' AND SongTitle <= 'c'")
        #expect(
            try harness.plan("SELECT VALUE 1 FROM Music WHERE Artist IN ['a', 'b']")[1]
                == "  read partition Music: Artist IN ['a', 'b']")
        #expect(
            try harness.plan("SELECT VALUE 1 FROM Music WHERE 'a' = Artist AND ? = SongTitle")[1]
                == "  get by key Music: 'a' = Artist AND ? = SongTitle")
    }

    @Test func saysWhyATableIsScanned() throws {
        let harness = try harness()
        #expect(
            try harness.plan("SELECT Id FROM ProductCatalog WHERE Price > 100") == [
                "project Id", "  full scan ProductCatalog: no condition on partition key Id", "    where Price > 100",
                "    read Id",
            ])
        #expect(
            try harness.plan("SELECT VALUE 1 FROM ProductCatalog WHERE Id > 100")[1]
                == "  full scan ProductCatalog: the condition on partition key Id is no equality")
        #expect(
            try harness.plan("SELECT VALUE 1 FROM ProductCatalog WHERE Id = 1 OR Id = 2") == [
                "value 1", "  filter Id = 1 OR Id = 2",
                "    full scan ProductCatalog: no condition on partition key Id", "      read Id",
            ])
    }

    @Test func keyOrderSavesTheSort() throws {
        let harness = try harness()
        #expect(
            try harness.plan("SELECT VALUE SongTitle FROM Music WHERE Artist = 'a' ORDER BY SongTitle DESC LIMIT 1")
                == [
                    "value SongTitle", "  limit 1", "    read partition Music: Artist = 'a', backward",
                    "      read SongTitle",
                ])
        #expect(
            try harness.plan("SELECT Year FROM Music ORDER BY Artist, SongTitle").contains { $0.contains("sort") }
                == false)
        #expect(try harness.plan("SELECT Year FROM Music ORDER BY SongTitle").contains { $0.contains("sort by") })
        #expect(
            try harness.plan("SELECT Year FROM Music WHERE Artist IN ['a', 'b'] ORDER BY SongTitle")
                .contains { $0.contains("sort by") })
    }

    @Test func joinsShowTheirKind() throws {
        let harness = try harness()
        #expect(
            try harness.plan("SELECT VALUE 1 FROM Music AS m JOIN ProductCatalog AS p ON p.Id = m.Year")[1]
                == "  join, right side read for each row of the left")
        #expect(
            try harness.plan("SELECT VALUE 1 FROM Music AS m JOIN ProductCatalog AS p ON p.Price = m.Year")[1]
                == "  hash join on m.Year = p.Price")
        #expect(
            try harness.plan("SELECT VALUE 1 FROM Music AS m CROSS JOIN ProductCatalog AS p")[1]
                == "  product, right side kept in memory")
    }

    @Test func readsOnlyWhatIsUsed() throws {
        let harness = try harness()
        #expect(
            try harness.plan("SELECT COUNT(*) AS n FROM ProductCatalog").last == "      read nothing but the count")
        #expect(
            try harness.plan("SELECT p.Dimensions.Width FROM ProductCatalog AS p").last
                == "    read Dimensions.Width")
    }

    @Test func analyzeCountsRows() throws {
        let harness = try harness()
        guard
            case .rows(let rows) = try harness.session.execute(
                "EXPLAIN ANALYZE SELECT Id FROM ProductCatalog WHERE Price >= 100 ORDER BY Price LIMIT 1")
        else { return #expect(Bool(false)) }
        let lines = try rows.collect().compactMap { $0.structureValue?["plan"]?.text }
        #expect(
            lines == [
                "project Id (1 rows)", "  limit 1 (1 rows)",
                "    sort by Price, keeping only what LIMIT wants (1 rows)",
                "      full scan ProductCatalog: no condition on partition key Id (3 rows)",
                "        where Price >= 100", "        read Price, Id",
            ])
    }

    @Test func changesAreExplained() throws {
        let harness = try harness()
        #expect(
            try harness.plan("DELETE FROM ProductCatalog WHERE Id = 5") == [
                "delete from ProductCatalog", "  get by key ProductCatalog: Id = 5", "    read Id",
            ])
        #expect(
            try harness.plan("UPDATE ProductCatalog SET Price = 1 WHERE Price = 2").first == "update ProductCatalog")
    }

    @Test func limitStopsTheScanAndFiltersReachTheTable() throws {
        let harness = try harness()
        harness.tables.reads.withLock { $0 = [] }
        _ = try harness.result("SELECT VALUE Title FROM ProductCatalog WHERE Id = 101")
        _ = try harness.result("SELECT VALUE Title FROM ProductCatalog WHERE Id IN [101, 102, 101]")
        #expect(
            harness.tables.reads.withLock { $0 } == [
                "get ProductCatalog", "get ProductCatalog", "get ProductCatalog",
            ])
    }

    @Test func wrongKeyTypeFindsNothing() throws {
        let harness = try harness()
        #expect(try harness.result("SELECT VALUE Id FROM ProductCatalog WHERE Id = '101'").isEmpty)
        #expect(try harness.result("SELECT VALUE Id FROM ProductCatalog WHERE Id = NULL").isEmpty)
        #expect(try harness.result("SELECT VALUE Id FROM ProductCatalog WHERE Id = 101.0") == ["101"])
    }
}

import HindsightSyntax
import HindsightValues
import Testing

@testable import HindsightQuery

@Suite struct BindingErrorTests {
    @Test(
        arguments: [
            ("SELECT * FROM ProductCatalogue", DiagnosticCode.unknownTable, "ProductCatalogue"),
            ("SELECT * FROM ProductCatalog AS p, Unknown AS u", .unknownTable, "Unknown"),
            ("SELECT * FROM SYSTEM.TABLE", .unknownTable, "SYSTEM.TABLE"),
            ("SELECT nothing", .unknownName, "nothing"),
            ("SELECT Price FROM ProductCatalog AS a, ProductCatalog AS b", .unknownName, "Price"),
            ("SELECT 1 FROM ProductCatalog AS a, ProductCatalog AS a", .duplicateName, "a"),
            ("SELECT Title, COUNT(*) FROM ProductCatalog GROUP BY Category", .invalidGrouping, "Title"),
            ("SELECT Id FROM ProductCatalog WHERE COUNT(*) > 1", .misplacedAggregate, "COUNT(*)"),
            ("SELECT SUM(COUNT(*)) FROM ProductCatalog", .misplacedAggregate, "COUNT(*)"),
            ("SELECT Id FROM ProductCatalog GROUP BY 1", .invalidGrouping, "1"),
            ("SELECT UPER(Title) FROM ProductCatalog", .unknownFunction, "UPER"),
            ("SELECT Id FROM ProductCatalog LIMIT 'a'", .typeMismatch, "'a'"),
            ("SELECT Id FROM ProductCatalog LIMIT -1", .invalidArgument, "-1"),
            ("SELECT 1 AS a UNION SELECT 1 AS a, 2 AS b", .invalidArgument, "UNION"),
            ("SELECT * FROM ProductCatalog AS OF '2026-13-01'", .invalidTime, "'2026-13-01'"),
            ("SELECT * FROM [1] AS OF LATEST AS x", .invalidTarget, "LATEST"),
            ("SELECT * FROM ProductCatalog AS OF '-1h'", .pointInTimeRecoveryOff, "'-1h'"),
        ] as [(String, DiagnosticCode, String)])
    func pointsAtTheFault(_ text: String, _ code: DiagnosticCode, _ words: String) throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        let failure = harness.failure(text)
        #expect(failure?.code == code)
        #expect(failure?.words == words)
    }

    @Test func suggestsNames() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        #expect(throws: QueryError.self) { try harness.run("SELECT * FROM ProductCatalgo") }
        do {
            try harness.run("SELECT * FROM ProductCatalgo")
        } catch let error as QueryError {
            #expect(error.diagnostic.hint == "did you mean 'ProductCatalog'?")
            #expect(error.diagnostic.exceptionName == "ResourceNotFoundException")
        }
    }

    @Test func refusesWhatIsNotThereYet() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        for text in [
            "CREATE BACKUP b OF ProductCatalog",
            "SELECT COUNT(DISTINCT Id) OVER () FROM ProductCatalog",
        ] {
            #expect(harness.failure(text)?.code == .unsupported, "\(text)")
        }
    }

    @Test func memoryLimitIsKept() throws {
        let harness = QueryHarness(options: SessionOptions(memoryLimit: 30_000))
        try harness.makeCatalog()
        let many = Parameters([.list((0..<1000).map { .int(Int64($0)) })])
        let whole = "SELECT COUNT(DISTINCT x) FROM ? AS x"
        #expect(harness.failure(whole, many)?.code == .memoryLimit)
        #expect(
            harness.failure("SELECT g FROM ? AS x GROUP BY x < 0 AS k GROUP AS g", many)?.code == .memoryLimit)
        #expect(try harness.result("SELECT VALUE x FROM ? AS x ORDER BY x DESC LIMIT 2", many) == ["999", "998"])
        #expect(try harness.result("SELECT COUNT(*) AS n FROM ? AS x", many) == ["{'n': 1000}"])
    }

    @Test func cancellationEndsARunningQuery() throws {
        let harness = QueryHarness()
        guard case .rows(let rows) = try harness.session.execute("SELECT VALUE x FROM [1, 2, 3] AS x") else {
            return #expect(Bool(false))
        }
        #expect(try rows.next() != nil)
        harness.session.cancel()
        do {
            _ = try rows.next()
            #expect(Bool(false))
        } catch {
            #expect(error.diagnostic.code == .cancelled)
        }
        #expect(try rows.next() == nil)
        #expect(try harness.result("1") == ["1"])
    }
}

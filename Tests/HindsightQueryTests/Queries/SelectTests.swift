import HindsightValues
import Testing

@testable import HindsightQuery

@Suite struct SelectTests {
    @Test func selectsItemsWithNames() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        #expect(
            try harness.result("SELECT Id, p.Title AS name, Price + 1 FROM ProductCatalog AS p WHERE Id = 101")
                == ["{'Id': 101, 'name': 'Book 101', '_1': 3}"])
    }

    @Test func takesNamesWithoutCaseAndPathsIntoItems() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        #expect(
            try harness.result("select dimensions.width, authors[0] as first from productcatalog where id = 101")
                == ["{'width': 8.5, 'first': 'Author1'}"])
        #expect(try harness.result("SELECT \"price\" FROM ProductCatalog WHERE Id = 101") == ["{}"])
    }

    @Test func leavesMissingOutAndKeepsNull() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        #expect(
            try harness.result("SELECT Id, Price, NULL AS n FROM ProductCatalog WHERE Id = 203") == [
                "{'Id': 203, 'n': NULL}"
            ])
    }

    @Test func starGivesItemsAndJoinedItems() throws {
        let harness = QueryHarness()
        #expect(try harness.result("SELECT * FROM [{'a': 1}, 5]") == ["{'a': 1}", "{'_1': 5}"])
        #expect(
            try harness.result("SELECT * FROM [{'a': 1}] AS x, [{'b': 2}] AS y AT i") == ["{'a': 1, 'b': 2, 'i': 0}"])
        #expect(try harness.result("SELECT x.*, 3 AS c FROM [{'a': 1}] AS x") == ["{'a': 1, 'c': 3}"])
    }

    @Test func selectValuePivotAndUnpivot() throws {
        let harness = QueryHarness()
        #expect(try harness.result("SELECT VALUE x * 2 FROM [1, 2] AS x") == ["2", "4"])
        #expect(
            try harness.result("PIVOT r.v AT r.k FROM [{'k': 'a', 'v': 1}, {'k': 'b', 'v': 2}] AS r")
                == ["{'a': 1, 'b': 2}"])
        #expect(
            try harness.result("SELECT n, v FROM UNPIVOT {'a': 1, 'b': 2} AS v AT n")
                == ["{'n': 'a', 'v': 1}", "{'n': 'b', 'v': 2}"])
    }

    @Test func unnestsWithPositions() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        #expect(
            try harness.result(
                "SELECT p.Id, c, i FROM ProductCatalog AS p, p.Color AS c AT i WHERE p.Id = 201")
                == ["{'Id': 201, 'c': 'Red', 'i': 0}", "{'Id': 201, 'c': 'Black', 'i': 1}"])
    }

    @Test func joins() throws {
        let harness = QueryHarness()
        let left = "[{'k': 1, 'a': 'x'}, {'k': 2, 'a': 'y'}] AS l"
        let right = "[{'k': 2, 'b': 'p'}, {'k': 2, 'b': 'q'}, {'k': 3, 'b': 'r'}] AS r"
        #expect(
            try harness.result("SELECT l.a, r.b FROM \(left) JOIN \(right) ON l.k = r.k")
                == ["{'a': 'y', 'b': 'p'}", "{'a': 'y', 'b': 'q'}"])
        #expect(
            try harness.result("SELECT l.a, r.b FROM \(left) LEFT JOIN \(right) ON l.k = r.k AND r.b <> 'p'")
                == ["{'a': 'x', 'b': NULL}", "{'a': 'y', 'b': 'q'}"])
        #expect(
            try harness.result("SELECT l.a, r.b FROM \(left) RIGHT JOIN \(right) ON l.k = r.k")
                == ["{'a': 'y', 'b': 'p'}", "{'a': 'y', 'b': 'q'}", "{'a': NULL, 'b': 'r'}"])
        #expect(
            try harness.result("SELECT l.a, r.b FROM \(left) FULL JOIN \(right) ON l.k = r.k")
                == [
                    "{'a': 'x', 'b': NULL}", "{'a': 'y', 'b': 'p'}", "{'a': 'y', 'b': 'q'}",
                    "{'a': NULL, 'b': 'r'}",
                ])
        #expect(try harness.result("SELECT VALUE 1 FROM \(left) CROSS JOIN \(right)").count == 6)
        #expect(try harness.result("SELECT VALUE 1 FROM \(left), \(right) WHERE l.k < r.k").count == 4)
    }

    @Test func joinsTablesByKeyAndByHash() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        let rows = try harness.result(
            "SELECT x.k, p.Title FROM [{'k': 102}, {'k': 999}] AS x LEFT JOIN ProductCatalog AS p ON p.Id = x.k")
        #expect(rows == ["{'k': 102, 'Title': 'Book 102'}", "{'k': 999, 'Title': NULL}"])
        #expect(
            try harness.bag(
                "SELECT a.Id AS a, b.Id AS b FROM ProductCatalog AS a JOIN ProductCatalog AS b ON a.Price * 10 = b.Price"
            )
                == ["{'a': 101, 'b': 102}", "{'a': 102, 'b': 202}", "{'a': 202, 'b': 103}"])
    }

    @Test func ordersAndLimits() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        #expect(
            try harness.result("SELECT VALUE Id FROM ProductCatalog ORDER BY Price DESC, Id") == [
                "203", "103", "202", "201", "102", "101",
            ])
        #expect(
            try harness.result("SELECT VALUE Id FROM ProductCatalog ORDER BY Price NULLS FIRST LIMIT 2 OFFSET 1") == [
                "101", "102",
            ])
        #expect(
            try harness.result("SELECT Id, Price * -1 AS minus FROM ProductCatalog ORDER BY minus LIMIT 1") == [
                "{'Id': 103, 'minus': -2000}"
            ])
        #expect(try harness.result("SELECT VALUE Id FROM ProductCatalog ORDER BY Id DESC LIMIT 2") == ["203", "202"])
        #expect(try harness.result("SELECT VALUE Id FROM ProductCatalog LIMIT 0").isEmpty)
    }

    @Test func groupsAndAggregates() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        #expect(
            try harness.bag(
                "SELECT Category, COUNT(*) AS n, AVG(Price) AS average FROM ProductCatalog GROUP BY Category")
                == [
                    "{'Category': 'Bicycle', 'n': 3, 'average': 150.}", "{'Category': 'Book', 'n': 3, 'average': 674.}",
                ])
        #expect(
            try harness.result(
                "SELECT SUM(Price) AS s, COUNT(Price) AS c, MIN(Id) AS m FROM ProductCatalog WHERE Id > 200")
                == ["{'s': 300, 'c': 2, 'm': 201}"])
        #expect(try harness.result("SELECT COUNT(*) AS c, SUM(x) AS s FROM [] AS x") == ["{'c': 0, 's': NULL}"])
        #expect(try harness.result("SELECT x FROM [] AS x GROUP BY x").isEmpty)
    }

    @Test func groupsByExpressionsWithHavingAndOrder() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        #expect(
            try harness.result(
                """
                SELECT Id / 100 AS hundred, COUNT(*) AS n FROM ProductCatalog GROUP BY Id / 100
                HAVING COUNT(*) > 1 ORDER BY Id / 100 DESC
                """) == ["{'hundred': 2, 'n': 3}", "{'hundred': 1, 'n': 3}"])
        #expect(
            try harness.result(
                "SELECT k, COUNT(DISTINCT x.v) AS n FROM [{'a': 1, 'v': 1}, {'a': 1, 'v': 1}] AS x GROUP BY x.a AS k")
                == ["{'k': 1, 'n': 1}"])
    }

    @Test func groupAsCollectsBindings() throws {
        let harness = QueryHarness()
        #expect(
            try harness.result("SELECT k, g FROM [{'k': 1, 'v': 2}] AS x GROUP BY x.k GROUP AS g")
                == ["{'k': 1, 'g': <<{'x': {'k': 1, 'v': 2}}>>}"])
    }

    @Test func groupsMissingWithNull() throws {
        let harness = QueryHarness()
        #expect(
            try harness.result("SELECT k, COUNT(*) AS n FROM [{'k': NULL}, {}] AS x GROUP BY x.k AS k")
                == ["{'k': NULL, 'n': 2}"])
    }

    @Test func distinctAndSetOperators() throws {
        let harness = QueryHarness()
        #expect(try harness.result("SELECT DISTINCT VALUE x FROM [1, 2, 1.0, 'a', 'a'] AS x") == ["1", "2", "'a'"])
        #expect(
            try harness.result("SELECT DISTINCT x.a FROM [{'a': 2}, {'a': 1}, {'a': 2}] AS x ORDER BY x.a")
                == ["{'a': 1}", "{'a': 2}"])
        let one = "SELECT x AS a FROM [1, 2, 2, 3] AS x"
        let two = "SELECT y AS b FROM [2, 3, 4] AS y"
        #expect(
            try harness.result("\(one) UNION \(two)") == ["{'a': 1}", "{'a': 2}", "{'a': 3}", "{'a': 4}"])
        #expect(try harness.result("\(one) UNION ALL \(two)").count == 7)
        #expect(try harness.result("\(one) INTERSECT \(two)") == ["{'a': 2}", "{'a': 3}"])
        #expect(try harness.result("\(one) EXCEPT ALL \(two)") == ["{'a': 1}", "{'a': 2}"])
        #expect(
            try harness.result("\(one) UNION \(two) ORDER BY a DESC LIMIT 2") == ["{'a': 4}", "{'a': 3}"])
    }

    @Test func correspondingColumns() throws {
        let harness = QueryHarness()
        let one = "SELECT x AS a, 0 AS b, x * 2 AS c FROM [1] AS x"
        let two = "SELECT y * 3 AS c, y AS a FROM [1, 2] AS y"
        #expect(
            try harness.result("\(one) UNION ALL CORRESPONDING \(two)")
                == ["{'a': 1, 'c': 2}", "{'a': 1, 'c': 3}", "{'a': 2, 'c': 6}"])
        #expect(try harness.result("\(one) INTERSECT CORRESPONDING BY (a) \(two)") == ["{'a': 1}"])
        let star = "SELECT * FROM [{'c': 6, 'd': 7, 'a': 2}] AS z"
        #expect(try harness.result("\(two) EXCEPT CORRESPONDING BY (a, c) \(star)") == ["{'a': 1, 'c': 3}"])
        #expect(harness.failure("\(two) EXCEPT CORRESPONDING \(star)")?.code == .invalidArgument)
        #expect(harness.failure("\(one) UNION CORRESPONDING SELECT 1 AS d FROM [1] AS w")?.code == .invalidArgument)
    }

    @Test func countsBeyondAllRows() throws {
        let harness = QueryHarness()
        #expect(try harness.result("SELECT VALUE x FROM [1, 2] AS x OFFSET 9223372036854775808") == [])
        #expect(try harness.result("SELECT VALUE x FROM [1, 2] AS x LIMIT 1E30") == ["1", "2"])
        #expect(harness.failure("SELECT VALUE x FROM [1] AS x OFFSET -9223372036854775809")?.code == .invalidArgument)
        #expect(harness.failure("SELECT VALUE x FROM [1] AS x LIMIT 1.5")?.code == .typeMismatch)
    }

    @Test func variablesThatDifferByCase() throws {
        let harness = QueryHarness()
        let from = "FROM [{'f': 1}] AS alias, [{'f': 2}] AS Alias"
        #expect(try harness.result("SELECT VALUE \"Alias\".f \(from)") == ["2"])
        #expect(try harness.result("SELECT VALUE \"alias\".f \(from)") == ["1"])
        #expect(harness.failure("SELECT VALUE alias.f \(from)")?.code == .ambiguousName)
    }

    @Test func letAndWith() throws {
        let harness = QueryHarness()
        #expect(
            try harness.result("SELECT y FROM [1, 2, 3] AS x LET x * x AS y WHERE y > 3") == ["{'y': 4}", "{'y': 9}"])
        #expect(
            try harness.result("WITH t AS (SELECT x AS a FROM [1, 2] AS x) SELECT t.a FROM t WHERE t.a > 1")
                == ["{'a': 2}"])
    }

    @Test func subqueries() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        #expect(
            try harness.result(
                "SELECT VALUE Id FROM ProductCatalog WHERE Price = (SELECT MAX(Price) FROM ProductCatalog)")
                == ["103"])
        #expect(
            try harness.bag(
                """
                SELECT VALUE p.Id FROM ProductCatalog AS p
                WHERE EXISTS (SELECT 1 FROM ProductCatalog AS q WHERE q.Category = p.Category AND q.Price > p.Price)
                """) == ["101", "102", "201"])
        #expect(
            try harness.bag("SELECT VALUE Id FROM ProductCatalog WHERE Id IN (SELECT x FROM [101, 102] AS x)")
                == ["101", "102"])
        #expect(
            try harness.result(
                "SELECT x, (SELECT VALUE y FROM [1, 2, 3] AS y WHERE y < x) AS below FROM [2] AS x")
                == ["{'x': 2, 'below': <<1>>}"])
        #expect(try harness.result("(SELECT x FROM [7] AS x) + 1") == ["8"])
    }

    @Test func expressionsAreQueries() throws {
        let harness = QueryHarness()
        #expect(try harness.result("1 + 1") == ["2"])
        #expect(try harness.result("[1, 2]") == ["[1, 2]"])
        #expect(try harness.result("VALUES (1, 2), (3, 4)") == ["[1, 2]", "[3, 4]"])
        #expect(try harness.result("SELECT 1 AS one") == ["{'one': 1}"])
    }

    @Test func parameters() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        #expect(
            try harness.result("SELECT Title FROM ProductCatalog WHERE Id = ?", Parameters([.int(102)]))
                == ["{'Title': 'Book 102'}"])
        let named = Parameters(named: [("least", .int(100)), ("kind", .string("Bicycle"))])
        #expect(
            try harness.bag(
                "SELECT VALUE Id FROM ProductCatalog WHERE Category = :kind AND Price >= :least", named)
                == ["201", "202"])
        #expect(
            try harness.bag(
                "SELECT VALUE Id FROM ProductCatalog WHERE Id IN ?",
                Parameters([.list([.int(101), .int(203), .int(5)])]))
                == ["101", "203"])
        #expect(harness.failure("SELECT ? AS x")?.code == .parameterMismatch)
        #expect(harness.failure("SELECT 1", Parameters([.int(1)]))?.code == .parameterMismatch)
        #expect(harness.failure("SELECT :a", Parameters(named: [("b", .int(1))]))?.code == .parameterMismatch)
    }

    @Test func resultsKnowTheirColumns() throws {
        let harness = QueryHarness()
        guard case .rows(let rows) = try harness.session.execute("SELECT 1 AS a, 2 AS b FROM [1] AS x ORDER BY a")
        else { return #expect(Bool(false)) }
        #expect(rows.columns == ["a", "b"])
        #expect(rows.isOrdered)
    }

    @Test func strictTypingFailsWherePermissiveTypingGoesOn() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        #expect(try harness.bag("SELECT VALUE Id FROM ProductCatalog WHERE Price < 50") == ["101", "102"])
        try harness.run("SET TYPING = STRICT")
        #expect(harness.failure("SELECT VALUE Id FROM ProductCatalog WHERE Price < 50") != nil)
        #expect(try harness.result("SELECT VALUE Title FROM ProductCatalog WHERE Id = 101") == ["'Book 101'"])
    }
}

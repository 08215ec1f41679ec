import HindsightQuery
import HindsightSyntax
import HindsightValues
import Testing

@Suite struct FunctionTableTests {
    /// What the help text promises is what the function gives.
    @Test func examplesGiveTheirResults() throws {
        for function in FunctionTable.all where !function.isAggregate {
            let evaluator = ConstantEvaluator(dialect: function.dialect == .dynamodb ? .dynamodb : .partiql)
            let found = try evaluator.evaluate(function.example.call)
            let wanted = try evaluator.evaluate(function.example.result)
            #expect(found == wanted && found.kind == wanted.kind, "\(function.example.call) gives \(found)")
        }
    }

    @Test func examplesOfWindowFunctionsGiveTheirResults() throws {
        let harness = QueryHarness()
        #expect(WindowFunction.all.map(\.kind) == WindowFunction.Kind.allCases)
        for function in WindowFunction.all {
            guard case .rows(let rows) = try harness.session.execute(function.example.call) else { continue }
            let wanted = try ConstantEvaluator(dialect: .partiql).evaluate(function.example.result)
            #expect(Value.list(try rows.collect()) == wanted, "\(function.name)")
        }
    }

    @Test func examplesOfAggregatesGiveTheirResults() throws {
        let harness = QueryHarness()
        for function in FunctionTable.all where function.isAggregate {
            let found = try harness.result(function.example.call)
            let wanted = try harness.result("SELECT VALUE r FROM <<\(function.example.result)>> AS r")
            #expect(found == wanted, "\(function.example.call) gives \(found)")
        }
    }

    @Test func namesAreCapitalsAndUnique() {
        for dialect in [Dialect.partiql, .dynamodb] {
            var seen: Set<String> = []
            for function in FunctionTable.all where function.dialect == nil || function.dialect == dialect.name {
                for name in function.names {
                    #expect(name == name.uppercased())
                    #expect(seen.insert(name).inserted, "\(name) is there twice")
                }
            }
        }
    }

    @Test func looksNamesUpWithoutCase() {
        #expect(FunctionTable.lookup("begins_with", in: .partiql)?.name == "BEGINS_WITH")
        #expect(FunctionTable.lookup("Character_Length", in: .partiql)?.name == "CHAR_LENGTH")
        #expect(FunctionTable.lookup("nonsense", in: .partiql) == nil)
    }

    @Test func showsSignatures() {
        #expect(FunctionTable.lookup("SUBSTRING", in: .partiql)?.signature == "SUBSTRING(text, start [, length])")
        #expect(FunctionTable.lookup("CONCAT", in: .partiql)?.signature == "CONCAT(text, …)")
        #expect(FunctionTable.lookup("NOW", in: .partiql)?.signature == "CURRENT_TIMESTAMP()")
    }
}

import HindsightSyntax
import HindsightValues

/// EXPLAIN: the plan of a statement as lines of text; with ANALYZE the query is run and each line has its count of rows.
struct Explanation {
    private let compiler: StatementCompiler
    private let isAnalyze: Bool

    init(_ compiler: StatementCompiler, isAnalyze: Bool) {
        self.compiler = compiler
        self.isAnalyze = isAnalyze
    }

    func report(_ statement: Statement) throws(QueryError) -> Report {
        let binder = compiler.makeBinder(statement)
        let printer = PlanPrinter(text: compiler.text)
        switch statement.node {
        case .query(let query):
            let plan = try QueryBinder(statement: binder).bind(query, in: nil)
            return isAnalyze ? try analysis(plan, binder, printer) : Explanation.report(printer.lines(plan.root))
        case .insert(let insert):
            let change = try InsertStatement(insert, binder)
            let source = change.plan.map { printer.lines($0.root) } ?? []
            return try changeReport("insert into \(insert.table.text)", source, statement)
        case .update(let update):
            let change = try TargetedStatement(update, binder)
            return try changeReport("update \(update.table.text)", printer.lines(change.plan), statement)
        case .delete(let delete):
            let change = try TargetedStatement(delete, binder)
            return try changeReport("delete from \(delete.table.text)", printer.lines(change.plan), statement)
        case .revert(let revert):
            let change = try RevertStatement(revert, binder)
            return Report(columns: nil) { (environment) throws(QueryError) in try change.preview(environment) }
        default:
            throw QueryError(.unsupported, "there is no plan to explain for this statement", at: statement.span)
        }
    }

    private func changeReport(
        _ head: String, _ source: [PlanPrinter.Line], _ statement: Statement
    ) throws(QueryError) -> Report {
        if isAnalyze {
            throw QueryError(
                .unsupported, "EXPLAIN ANALYZE runs the statement, and is for queries only", at: statement.span)
        }
        return Explanation.report([PlanPrinter.Line(depth: 0, text: head)] + source.map(\.indented))
    }

    private static func report(_ lines: [PlanPrinter.Line]) -> Report {
        Report(columns: ["plan"]) { (_) throws(QueryError) in lines.map { row($0.description) } }
    }

    private static func row(_ text: String) -> Value {
        .structure(Structure(fields: [Structure.Field(name: "plan", value: .string(text))]))
    }

    private func analysis(
        _ plan: QueryPlan, _ binder: StatementBinder, _ printer: PlanPrinter
    ) throws(QueryError) -> Report {
        let numbering = NodeNumbering()
        let executions = ExecutionPool(try binder.compiler.numbering(by: numbering).compile(plan.root), binder)
        let lines = printer.lines(plan.root)
        let nodeCount = numbering.count
        return Report(columns: ["plan"]) { (environment) throws(QueryError) in
            try executions.run(environment) { (operators, frame) throws(QueryError) in
                let runtime = try frame.runtime()
                runtime.rowCounts = Array(repeating: 0, count: nodeCount)
                runtime.spilled = Array(repeating: SpillStatistics(), count: nodeCount)
                try operators.open(&frame)
                while try operators.next(&frame) { try frame.context.checkCancellation() }
                return lines.map { line in
                    let counts = line.node.map { " (\(runtime.rowCounts[$0]) rows\(runtime.spilled[$0].words))" } ?? ""
                    return Explanation.row(line.description + counts)
                }
            }
        }
    }
}

extension TableName {
    var text: String { parts.map(\.text).joined(separator: ".") }
}

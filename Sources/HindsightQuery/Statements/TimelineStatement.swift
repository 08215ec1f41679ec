import HindsightSyntax
import HindsightValues

/// `SHOW TIMELINE OF t [BETWEEN a AND b]`: how much was inserted, updated and deleted over time, as rows. A terminal draws
/// them as a chart.
struct TimelineStatement {
    private static let columns = ["from", "to", "inserts", "updates", "deletes"]

    private let statement: StatementBinder

    init(_ statement: StatementBinder) {
        self.statement = statement
    }

    func report(_ show: Show, at span: SourceSpan) throws(QueryError) -> Report {
        guard let table = show.table else {
            throw QueryError(.syntaxError, "SHOW TIMELINE needs a table", at: span, hint: "SHOW TIMELINE OF t")
        }
        let reference = try statement.catalog.resolve(table).reference
        guard !reference.isSystem, reference.index == nil else {
            throw QueryError(.unsupported, "'\(reference.text)' has no past of its own", at: table.span)
        }
        let from = try moment(show.period?.from, otherwise: .earliest)
        let to = try moment(show.period?.to, otherwise: .latest)
        let executions = ExecutionPool({ SingleRow() }, statement)
        return Report(columns: TimelineStatement.columns) { (environment) throws(QueryError) in
            try executions.run(environment) { (_, frame) throws(QueryError) -> [Value] in
                do throws(QueryError) {
                    let (from, to) = (try from(&frame), try to(&frame))
                    return try frame.runtime().reader.timeline(of: reference.name, from: from, to: to).map(\.row)
                } catch {
                    throw error.located(at: show.period?.from.span ?? table.span)
                }
            }
        }
    }

    private func moment(_ point: TimePoint?, otherwise moment: Moment) throws(QueryError) -> MomentEvaluator {
        guard let point else { return { (_) throws(QueryError) in moment } }
        return try statement.compiler.compile(try statement.bind(point, in: Scope(parent: nil)))
    }
}

extension TimelineEntry {
    fileprivate var row: Value {
        var row = Structure()
        row.append("from", .timestamp(Timestamp(clock: from)))
        row.append("to", .timestamp(Timestamp(clock: to)))
        row.append("inserts", .int(Int64(inserts)))
        row.append("updates", .int(Int64(updates)))
        row.append("deletes", .int(Int64(deletes)))
        return .structure(row)
    }
}

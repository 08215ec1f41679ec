import HindsightKeyValue
import HindsightSyntax
import HindsightValues

/// `EXPORT TABLE t [AS OF time | CHANGES BETWEEN a AND b] [WHERE …] TO 'folder' [FORMAT f] [VIEW v]`, ready to run. It reads
/// one snapshot, writes as it reads, and holds no transaction that writes.
final class ExportStatement: Sendable {
    private let table: String
    private let content: Content
    /// The item that the condition looks at is put into the slot.
    private let filter: (holds: PredicateEvaluator, slot: Int)?
    private let destination: Evaluator
    private let format: ExchangeFormat?
    private let view: ExportView
    private let dialect: Dialect
    private let executions: ExecutionPool
    private let destinationSpan: SourceSpan
    private let tableSpan: SourceSpan
    private let timeSpan: SourceSpan

    private enum Content: Sendable {
        case items(MomentEvaluator?)
        case changes(from: MomentEvaluator, to: MomentEvaluator)
    }

    init(_ export: Export, _ statement: StatementBinder) throws(QueryError) {
        table = try DefinitionCompiler(statement).existing(export.table)
        tableSpan = export.table.span
        destinationSpan = export.destination.span
        dialect = statement.dialect
        let scope = Scope(parent: nil)
        switch export.content {
        case .present:
            content = .items(nil)
            timeSpan = export.table.span
        case .asOf(let time):
            content = .items(try statement.compiler.compile(try statement.bind(time, in: scope)))
            timeSpan = time.span
        case .changes(let from, let to):
            content = .changes(
                from: try statement.compiler.compile(try statement.bind(from, in: scope)),
                to: try statement.compiler.compile(try statement.bind(to, in: scope)))
            timeSpan = from.span
        }
        destination = try statement.compiler.expressions.compile(try statement.bind(export.destination, in: scope))
        format = try export.format.map { (name) throws(QueryError) in try ExchangeFormat(name) }
        view = try export.view.map { (name) throws(QueryError) in try ExportView(name) } ?? .newAndOldImages
        filter = try Self.bindFilter(export, statement)
        executions = ExecutionPool({ SingleRow() }, statement)
        if case .items = content, let view = export.view {
            throw QueryError(
                .invalidSetting, "VIEW says what is shown of changes", at: view.span,
                hint: "EXPORT TABLE … CHANGES BETWEEN … AND … exports them")
        }
    }

    private static func bindFilter(
        _ export: Export, _ statement: StatementBinder
    ) throws(QueryError) -> (holds: PredicateEvaluator, slot: Int)? {
        guard let filter = export.filter else { return nil }
        let scope = Scope(parent: nil)
        let slot = statement.makeSlot()
        let name = export.table.parts[export.table.parts.count - 1]
        try scope.add(ScopeVariable(name: name, role: .source, content: .slot(slot)))
        let condition = try statement.bind(filter, in: scope)
        return (try statement.compiler.expressions.compilePredicate(condition), slot)
    }

    // MARK: Running

    /// - Throws: nothing is left of the export then.
    func run(_ environment: ExecutionEnvironment) throws(QueryError) -> ExportDescription {
        try executions.run(environment) { (_, frame) throws(QueryError) in
            do throws(QueryError) {
                switch content {
                case .items(let moment): return try exportItems(moment, environment, &frame)
                case .changes(let from, let to): return try exportChanges(from, to, environment, &frame)
                }
            } catch {
                throw error.ofExport.located(at: timeSpan)
            }
        }
    }

    private func exportItems(
        _ moment: MomentEvaluator?, _ environment: ExecutionEnvironment, _ frame: inout Frame
    ) throws(QueryError) -> ExportDescription {
        let reader = environment.reader
        guard let table = try reader.table(named: self.table) else { throw .unknownTable(self.table, at: tableSpan) }
        var request = ScanRequest(cancellation: environment.cancellation)
        let point = try moment?(&frame) ?? environment.moment
        // The service exports what can be restored; here the present of any table can be exported.
        if point != .now || dialect.name == .dynamodb {
            _ = try table.version(at: dialect.name == .dynamodb ? .earliest : point)
            request.version = try table.version(at: point)
        }
        let time = try reader.time(of: point, in: self.table)
        let (path, format, isSingle) = try target(environment, &frame)
        var columns: [String] = []
        if format == .csv || format == .csvText {
            columns = table.schema.keyAttributes.map(\.name)
            try forEachItem(of: table, request, environment, &frame) { (item, _) throws(QueryError) in
                for field in item.fields where !columns.contains(where: { TextOrder.isEqual($0, field.name) }) {
                    columns.append(field.name)
                }
            }
        }
        let plan = plan(path, format, isSingle, columns, environment, from: nil, to: time)
        return try write(plan, environment) { (job) throws(QueryError) in
            try forEachItem(of: table, request, environment, &frame) { (item, _) throws(QueryError) in
                try add(.item(item), item, to: job, plan)
                report(job, environment)
            }
        }
    }

    private func exportChanges(
        _ from: MomentEvaluator, _ to: MomentEvaluator, _ environment: ExecutionEnvironment, _ frame: inout Frame
    ) throws(QueryError) -> ExportDescription {
        let reader = environment.reader
        let (first, last) = (try from(&frame), try to(&frame))
        let cursor = try reader.writes(of: table, from: first, to: last)
        defer { cursor.close() }
        let times = (try reader.time(of: first, in: table), try reader.time(of: last, in: table))
        try checkPeriod(times.0, times.1)
        let (path, format, isSingle) = try target(environment, &frame)
        if format == .csv || format == .csvText {
            throw QueryError(
                .invalidSetting, "CSV has no form for changes", at: destinationSpan,
                hint: "FORMAT DYNAMODB_JSON, ION and JSON have one")
        }
        let plan = plan(path, format, isSingle, [], environment, from: times.0, to: times.1)
        return try write(plan, environment) { (job) throws(QueryError) in
            var batch = RowBatch(width: 4)
            while true {
                try environment.cancellation.check()
                batch.removeAll()
                try cursor.fill(&batch, limit: Self.batchLimit)
                if batch.count == 0 { return }
                for row in 0..<batch.count {
                    try addChange(batch, row, to: job, plan, &frame)
                    report(job, environment)
                }
            }
        }
    }

    private func addChange(
        _ batch: RowBatch, _ row: Int, to job: ExportJob, _ plan: ExportPlan, _ frame: inout Frame
    ) throws(QueryError) {
        let values = batch.values[4 * row..<4 * row + 4]
        let base = values.startIndex
        if let filter {
            var isMeant = false
            for state in [values[base + 1], values[base + 2]] where !state.isMissing && !isMeant {
                frame.slots[filter.slot] = state
                isMeant = try filter.holds(&frame)
            }
            guard isMeant else { return }
        }
        guard let keys = values[base].structureValue, case .int(let time) = values[base + 3] else { return }
        let change = ExportRow.change(
            keys: keys, before: values[base + 1].structureValue, after: values[base + 2].structureValue, time: time)
        try add(change, keys, to: job, plan)
    }

    // MARK: Parts

    private func forEachItem(
        of table: any Table, _ request: ScanRequest, _ environment: ExecutionEnvironment, _ frame: inout Frame,
        _ body: (Structure, inout Frame) throws(QueryError) -> Void
    ) throws(QueryError) {
        let cursor = try table.openCursor(request)
        defer { cursor.close() }
        var batch = RowBatch(width: 1)
        while true {
            try environment.cancellation.check()
            batch.removeAll()
            try cursor.fill(&batch, limit: Self.batchLimit)
            if batch.count == 0 { return }
            for row in 0..<batch.count {
                guard let item = batch.values[row].structureValue else { continue }
                if let filter {
                    frame.slots[filter.slot] = batch.values[row]
                    guard try filter.holds(&frame) else { continue }
                }
                try body(item, &frame)
            }
        }
    }

    /// Writes the files, and leaves nothing of them if that fails.
    private func write(
        _ plan: ExportPlan, _ environment: ExecutionEnvironment, _ body: (ExportJob) throws(QueryError) -> Void
    ) throws(QueryError) -> ExportDescription {
        let job = try exchanging(at: destinationSpan) { () throws(KeyValueError) in
            try ExportJob(plan, fileByteLimit: environment.exchange.fileByteLimit)
        }
        do throws(QueryError) {
            try body(job)
            return try exchanging(at: destinationSpan) { () throws(KeyValueError) in
                try job.finish(at: max(plan.startTime, environment.reader.now))
            }
        } catch {
            job.discard()
            throw error
        }
    }

    private func add(
        _ row: ExportRow, _ item: Structure, to job: ExportJob, _ plan: ExportPlan
    ) throws(QueryError) {
        let line: [UInt8]
        do throws(ValueError) {
            line = try row.line(plan.format, view, columns: plan.columns)
        } catch {
            let text = Value.structure(item).description.shortened
            throw QueryError(
                .valueNotStorable, "\(error.description), in the item \(text)", at: destinationSpan,
                hint: plan.format == .ion
                    ? "FORMAT JSON writes it as text" : "FORMAT ION has more types, JSON writes it as text")
        }
        try exchanging(at: destinationSpan) { () throws(KeyValueError) in try job.add(line) }
    }

    private func report(_ job: ExportJob, _ environment: ExecutionEnvironment) {
        guard let report = environment.exchange.report, job.itemCount % Self.reportStep == 0 else { return }
        report(ExchangeProgress(items: job.itemCount, bytes: job.byteCount))
    }

    private func plan(
        _ path: (name: String, path: String), _ format: ExchangeFormat, _ isSingle: Bool, _ columns: [String],
        _ environment: ExecutionEnvironment, from: Int64?, to: Int64
    ) -> ExportPlan {
        ExportPlan(
            table: table, format: format, view: view, destination: path.name, path: path.path, isSingleFile: isSingle,
            columns: columns, startTime: environment.reader.now, fromTime: from, time: to)
    }

    /// Where to, and in which format: as FORMAT says, or as the name's ending does.
    private func target(
        _ environment: ExecutionEnvironment, _ frame: inout Frame
    ) throws(QueryError) -> (path: (name: String, path: String), format: ExchangeFormat, isSingle: Bool) {
        let name = try ExchangePath.text(try destination(&frame), at: destinationSpan)
        let path = environment.exchange.path(name)
        let named = ExchangeFormat(ofFile: path)
        let format = format ?? named ?? .dynamoDBJSON
        guard FileTree.kind(of: path) == nil else {
            var error = QueryError(
                .invalidArgument, "'\(name)' exists", at: destinationSpan,
                hint: "an export writes over nothing: give a name that is free")
            error.diagnostic.exceptionName = "ExportConflictException"
            throw error
        }
        return ((name, path), format, named != nil && !format.isOfService)
    }

    /// The service has limits for the length of a period.
    private func checkPeriod(_ from: Int64, _ to: Int64) throws(QueryError) {
        guard dialect.name == .dynamodb else { return }
        let minutes = (to - from) / 60_000_000
        guard (15...1440).contains(minutes) else {
            throw QueryError(
                .invalidArgument, "the period has \(minutes) minutes, and must have 15 minutes to 24 hours",
                at: timeSpan)
        }
    }

    private static let batchLimit = 64
    private static let reportStep = 256
}

/// A file's name, as a value of the language.
enum ExchangePath {
    static func text(_ value: Value, at span: SourceSpan) throws(QueryError) -> String {
        guard case .string(var text) = value, !text.isEmpty, !text.utf8.contains(0) else {
            throw QueryError(.invalidArgument, "a file's name must be a text", at: span)
        }
        while text.utf8.count > 1, text.hasSuffix("/") { text.removeLast() }
        return text
    }
}

/// Runs what reads or writes files, in the words of the query layer if it fails.
func exchanging<Result>(
    at span: SourceSpan?, _ body: () throws(KeyValueError) -> Result
) throws(QueryError) -> Result {
    do throws(KeyValueError) {
        return try body()
    } catch {
        throw QueryError(error).located(at: span)
    }
}

extension QueryError {
    /// A moment that cannot be restored to is, in an export, one that cannot be exported.
    fileprivate var ofExport: QueryError {
        guard diagnostic.code == .restoreTimeOutOfWindow else { return self }
        var error = self
        error.diagnostic.code = .exportTimeOutOfWindow
        error.diagnostic.exceptionName = DiagnosticCode.exportTimeOutOfWindow.exceptionName
        return error
    }
}

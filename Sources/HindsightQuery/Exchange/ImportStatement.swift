import HindsightKeyValue
import HindsightSyntax
import HindsightValues

/// `IMPORT INTO t FROM 'file or folder' [FORMAT f]`, ready to run: puts every item that the files have, reading as it
/// writes, in the one transaction of the statement. If anything is wrong, nothing is changed.
final class ImportStatement: ItemChange {
    private let reference: TableReference
    private let source: Evaluator
    private let format: ExchangeFormat?
    private let executions: ExecutionPool
    private let sourceSpan: SourceSpan

    /// How many bad records are told of.
    private static let faultLimit = 10
    private static let reportStep = 256

    init(_ items: ImportItems, _ statement: StatementBinder) throws(QueryError) {
        let found = try statement.catalog.resolve(items.table)
        if found.reference.isSystem {
            throw QueryError(.readOnlyTable, "'\(found.reference.text)' cannot be changed", at: items.table.span)
        }
        reference = found.reference
        sourceSpan = items.source.span
        source = try statement.compiler.expressions.compile(
            try statement.bind(items.source, in: Scope(parent: nil)))
        format = try items.format.map { (name) throws(QueryError) in try ExchangeFormat(name) }
        executions = ExecutionPool({ SingleRow() }, statement)
    }

    func run(_ writer: any TableWriter, _ environment: ExecutionEnvironment) throws(QueryError) -> ChangeOutcome {
        try executions.run(environment) { (_, frame) throws(QueryError) in
            let name = try ExchangePath.text(try source(&frame), at: sourceSpan)
            let table = try frame.runtime().table(reference)
            let span = sourceSpan
            var count = 0
            try environment.undoing(writer) { () throws(QueryError) in
                do {
                    let source = try ImportSource(environment.exchange.path(name), named: name)
                    count = try read(source, into: table, writer, environment)
                } catch let error as QueryError {
                    throw error.located(at: span)
                } catch let error as KeyValueError {
                    throw QueryError(error).located(at: span)
                } catch let error as ImportSourceError {
                    throw QueryError(error.code, error.message, at: span, hint: error.hint)
                } catch {
                    throw QueryError(.internalError, "\(error)", at: span)
                }
            }
            return ChangeOutcome(count: count, returning: nil)
        }
    }

    private func read(
        _ source: ImportSource, into table: any Table, _ writer: any TableWriter, _ environment: ExecutionEnvironment
    ) throws -> Int {
        var run = ImportRun(
            table: table, writer: writer, environment: environment, totalBytes: source.byteCount)
        var common = format ?? source.format
        for file in source.files {
            let format = try common ?? FormatGuess.format(of: file.path)
            // The files of a folder are of one kind.
            common = format
            try run.read(file, format)
            if run.faults.count >= Self.faultLimit { break }
        }
        guard let first = run.faults.first else { return run.itemCount }
        var error = QueryError(.invalidText, first, at: sourceSpan)
        error.diagnostic.notes = run.faults.dropFirst().map { Diagnostic.Note($0) }
        error.diagnostic.hint = "nothing was imported"
        throw error
    }

    /// One import under way.
    private struct ImportRun {
        let table: any Table
        let writer: any TableWriter
        let environment: ExecutionEnvironment
        let totalBytes: Int
        /// What was wrong, as messages.
        var faults: [String] = []
        var itemCount = 0
        private var bytesBefore = 0

        init(table: any Table, writer: any TableWriter, environment: ExecutionEnvironment, totalBytes: Int) {
            self.table = table
            self.writer = writer
            self.environment = environment
            self.totalBytes = totalBytes
        }

        mutating func read(_ file: ImportSource.File, _ format: ExchangeFormat) throws {
            let bytes = try ImportBytes(file.path, isHashed: file.checksum != nil)
            var records = ImportRecords(bytes, format)
            var count = 0
            do {
                while faults.count < ImportStatement.faultLimit, let record = try records.next() {
                    try environment.cancellation.check()
                    count += 1
                    do {
                        try apply(try ImportItem(record, format, table.schema), record.line)
                    } catch let fault as ImportFault {
                        note(fault, file)
                    }
                    if count % ImportStatement.reportStep == 0 { report(bytes) }
                }
            } catch let fault as ImportFault {
                note(fault, file)
                return
            }
            guard faults.isEmpty else { return }
            if let checksum = file.checksum, let digest = try bytes.finish(),
                !ImportSource.matches(digest, checksum)
            {
                throw QueryError(.corrupt, "'\(file.name)' does not fit the checksum in the manifest", at: nil)
            }
            if let expected = file.itemCount, expected != count {
                throw QueryError(
                    .corrupt, "'\(file.name)' has \(count) items, and the manifest says \(expected)", at: nil)
            }
            report(bytes)
            bytesBefore += bytes.readCount
        }

        private mutating func apply(_ item: ImportItem, _ line: Int) throws {
            // What comes behind a bad record is looked at, and not written.
            guard faults.isEmpty else { return }
            do throws(QueryError) {
                switch item {
                case .put(let item): try writer.put(item, into: table)
                case .delete(let keys):
                    guard let key = table.schema.key(of: keys) else {
                        throw QueryError(.keyMissing, "it lacks an attribute of the table's key", at: nil)
                    }
                    _ = try writer.delete(key, from: table)
                }
                itemCount += 1
            } catch {
                guard error.isOfItem else { throw error }
                throw ImportFault(line, error.diagnostic.message)
            }
        }

        private mutating func note(_ fault: ImportFault, _ file: ImportSource.File) {
            faults.append("\(file.name):\(fault.line): \(fault.reason)")
        }

        private func report(_ bytes: ImportBytes) {
            environment.exchange.report?(
                ExchangeProgress(items: itemCount, bytes: bytesBefore + bytes.readCount, totalBytes: totalBytes))
        }
    }
}

/// Why files cannot be imported at all.
struct ImportSourceError: Error {
    let code: DiagnosticCode
    let message: String
    let hint: String?

    init(_ code: DiagnosticCode, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}

extension QueryError {
    /// Whether the item is at fault, and not the file or the transaction.
    fileprivate var isOfItem: Bool {
        switch diagnostic.code {
        case .keyMissing, .keyTypeMismatch, .keyEmpty, .keyTooLong, .itemTooLarge, .nestingTooDeep, .valueNotStorable,
            .numberOutOfRange:
            true
        default: false
        }
    }
}

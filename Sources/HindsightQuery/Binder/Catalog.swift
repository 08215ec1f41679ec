import HindsightSyntax
import HindsightValues

/// The tables that a statement may name, at the snapshot that it is bound for.
struct Catalog {
    private let reader: any TableReader

    init(_ reader: any TableReader) {
        self.reader = reader
    }

    /// The table of a name as it is written: quoted names fit exactly, others also if just one table fits but for case.
    ///
    /// - Throws: `ambiguousName` if several tables differ from the name by case only; `unknownIndex` for a name of two
    ///   parts, of which the first is a table.
    func find(_ name: TableName) throws(QueryError) -> (reference: TableReference, schema: TableSchema)? {
        switch name.parts.count {
        case 1:
            return try findTable(name.parts[0])
        case 2 where name.parts[0].text.uppercased() == Catalog.systemSchema:
            return try findSystemTable(name.parts[1])
        case 2:
            guard let table = try findTable(name.parts[0]) else { return nil }
            return try findIndex(name.parts[1], of: table)
        default:
            return nil
        }
    }

    /// Like `find`, but the table must be there.
    ///
    /// - Throws: `unknownTable`, with the name that may have been meant; `readOnlyTable` for an index, which can only be
    ///   read.
    func resolve(_ name: TableName) throws(QueryError) -> (reference: TableReference, schema: TableSchema) {
        guard let found = try find(name) else { throw try unknown(name) }
        if found.reference.index != nil {
            throw QueryError(
                .readOnlyTable, "this operation is not supported on an index", at: name.span,
                hint: "name the table, \(found.reference.name)")
        }
        return found
    }

    /// The exact name of an index of a table.
    ///
    /// - Throws: `unknownTable`, `unknownIndex`, with the name that may have been meant.
    func resolveIndex(_ name: Identifier, of table: TableName) throws(QueryError) -> (table: String, index: String) {
        let found = try resolve(table)
        let index = try Catalog.index(name, among: found.schema.indexes, of: found.reference.name)
        return (found.reference.name, index)
    }

    /// The exact name of one of some indexes.
    ///
    /// - Throws: `unknownIndex`, with the name that may have been meant.
    static func index(
        _ name: Identifier, among indexes: [IndexSchema], of table: String
    ) throws(QueryError) -> String {
        guard let match = match(name, indexes) else { throw unknownIndex(name, indexes, of: table, at: name.span) }
        return match.name
    }

    /// The indexes that a backup of a table has; nil if there is no such backup.
    func indexes(ofBackup backup: String, table: String) throws(QueryError) -> [IndexSchema]? {
        try reader.indexes(ofBackup: backup, table: table)
    }

    /// The error for a name that is no table.
    func unknown(_ name: TableName) throws(QueryError) -> QueryError {
        if name.parts.count == 2, let table = try find(TableName([name.parts[0]])) {
            return Catalog.unknownIndex(
                name.parts[1], table.schema.indexes, of: table.reference.name, at: name.span)
        }
        let isSystem = name.parts.count == 2 && name.parts[0].text.uppercased() == Catalog.systemSchema
        let candidates = isSystem ? reader.systemTableNames : try reader.tableNames()
        let written = name.parts[name.parts.count - 1].text
        var hint = Suggestion.closest(to: written, in: candidates).map {
            "did you mean '\(isSystem ? Catalog.systemSchema + "." : "")\($0)'?"
        }
        if hint == nil, isSystem { hint = "SYSTEM has \(candidates.joined(separator: ", "))" }
        return .unknownTable(name.parts.map(\.text).joined(separator: "."), at: name.span, hint: hint)
    }

    private static func unknownIndex(
        _ name: Identifier, _ indexes: [IndexSchema], of table: String, at span: SourceSpan
    ) -> QueryError {
        let names = indexes.map(\.name)
        let hint =
            Suggestion.closest(to: name.text, in: names).map { "did you mean '\($0)'?" }
            ?? (names.isEmpty ? nil : "it has \(names.joined(separator: ", "))")
        return QueryError(
            .unknownIndex, "table '\(table)' has no index '\(name.text)'", at: span, hint: hint)
    }

    private func findIndex(
        _ name: Identifier, of table: (TableReference, TableSchema)
    ) throws(QueryError) -> (TableReference, TableSchema)? {
        guard let match = Catalog.match(name, table.1.indexes),
            let index = try reader.index(named: match.name, of: table.0.name)
        else { return nil }
        return (TableReference(table.0.name, index: match.name), index.schema)
    }

    /// The index of a name as it is written.
    private static func match(_ name: Identifier, _ indexes: [IndexSchema]) -> IndexSchema? {
        if let exact = indexes.first(where: { TextOrder.isEqual($0.name, name.text) }) { return exact }
        if name.isQuoted { return nil }
        let matches = indexes.filter { TextOrder.isEqualIgnoringCase($0.name, name.text) }
        return matches.count == 1 ? matches[0] : nil
    }

    private func findTable(_ name: Identifier) throws(QueryError) -> (TableReference, TableSchema)? {
        if let table = try reader.table(named: name.text) { return (TableReference(name.text), table.schema) }
        if name.isQuoted { return nil }
        let matches = try reader.tableNames().filter { TextOrder.isEqualIgnoringCase($0, name.text) }
        guard let match = matches.first else { return nil }
        guard matches.count == 1 else {
            let list = matches.map { "\"\($0)\"" }.joined(separator: " or ")
            throw QueryError(
                .ambiguousName, "several tables are named '\(name.text)' but for case", at: name.span,
                hint: "write \(list)")
        }
        guard let table = try reader.table(named: match) else { return nil }
        return (TableReference(match), table.schema)
    }

    private func findSystemTable(_ name: Identifier) throws(QueryError) -> (TableReference, TableSchema)? {
        let upper = name.text.uppercased()
        guard let table = try reader.systemTable(named: upper) else { return nil }
        return (TableReference(upper, isSystem: true), table.schema)
    }

    static let systemSchema = "SYSTEM"
}

extension QueryError {
    static func unknownTable(_ name: String, at span: SourceSpan?, hint: String? = nil) -> QueryError {
        QueryError(.unknownTable, "there is no table '\(name)'", at: span, hint: hint)
    }

    /// The error with a place, if it has none yet.
    func located(at span: SourceSpan?) -> QueryError {
        guard diagnostic.span == nil else { return self }
        var error = self
        error.diagnostic.span = span
        return error
    }
}

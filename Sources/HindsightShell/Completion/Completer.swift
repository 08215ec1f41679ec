import HindsightQuery
import HindsightSyntax

/// What could stand at the cursor, by where it stands: commands and their arguments, tables, attributes as the data has them,
/// functions, keywords.
final class Completer {
    /// Tables whose attributes are offered while the statement names none.
    private static let tablesLookedAt = 16

    private let catalog: any CompletionCatalog

    init(_ catalog: any CompletionCatalog) {
        self.catalog = catalog
    }

    func completions(before text: String, after rest: String) -> Completions {
        if let line = Self.commandLine(text) { return command(line) }
        let context = StatementContext(before: text, after: rest)
        let words = candidates(in: context)
        return Completions(typed: context.typed, candidates: Self.fitting(words, context.typed))
    }

    // MARK: Statements

    private func candidates(in context: StatementContext) -> [Completions.Candidate] {
        let path = context.path
        if path.count == 1, context.isAfterTableName { return indexes(of: path[0]) }
        if !path.isEmpty { return attributes(path, in: context) }
        guard let last = context.before.last else { return Self.keywords(Self.statementStarts, like: context.typed) }
        if context.isBeforeTime { return moments }
        if context.isBeforeBackupPlan { return backupPlans }
        if case .keyword(let keyword) = last.kind, keyword.isBeforeTable { return tables }
        return attributes([], in: context) + Self.functions + Self.keywords(Keyword.allCases, like: context.typed)
    }

    private var tables: [Completions.Candidate] {
        catalog.tableNames().map { Completions.Candidate(NameText.quotedIfNeeded($0)) }
    }

    private func indexes(of table: String) -> [Completions.Candidate] {
        catalog.indexNames(of: table).map { Completions.Candidate(NameText.quotedIfNeeded($0)) }
    }

    private var backupPlans: [Completions.Candidate] {
        catalog.backupPlanNames().map { Completions.Candidate(NameText.quotedIfNeeded($0)) }
    }

    private var moments: [Completions.Candidate] {
        (["LATEST", "EARLIEST"] + catalog.moments()).map { Completions.Candidate($0) }
    }

    /// The attributes under a path; one that starts with a table's alias is looked up in that table alone.
    private func attributes(_ path: [String], in context: StatementContext) -> [Completions.Candidate] {
        var path = path[...]
        var tables = context.tables
        if tables.isEmpty { tables = catalog.tableNames().prefix(Self.tablesLookedAt).map { ($0, $0) } }
        if let first = path.first, let table = tables.first(where: { $0.alias.lowercased() == first.lowercased() }) {
            tables = [table]
            path = path.dropFirst()
        }
        var names: [String] = []
        for table in tables {
            for name in catalog.attributeNames(of: table.name, under: Array(path)) where !names.contains(name) {
                names.append(name)
            }
        }
        return names.map { Completions.Candidate(NameText.quotedIfNeeded($0), terminator: "") }
    }

    private static let functions = (FunctionTable.allNames + WindowFunction.names).map {
        Completions.Candidate($0 + "(", terminator: "")
    }

    /// In lower case where the user writes so.
    private static func keywords(_ keywords: [Keyword], like typed: String) -> [Completions.Candidate] {
        let isLower = !typed.isEmpty && typed == typed.lowercased()
        return keywords.map { .init(isLower ? $0.rawValue.lowercased() : $0.rawValue) }
    }

    private static let statementStarts: [Keyword] = [
        .alter, .begin, .commit, .create, .delete, .describe, .diff, .drop, .explain, .export, .import, .insert,
        .rename,
        .restore, .revert, .rollback, .select, .set, .show, .undrop, .update, .upsert,
    ]

    // MARK: Commands

    /// The dot-command that the cursor stands in; nil in a statement.
    private static func commandLine(_ text: String) -> Substring? {
        let trimmed = text.drop { $0.isWhitespace }
        return trimmed.first == "." ? trimmed : nil
    }

    private func command(_ line: Substring) -> Completions {
        guard let space = line.lastIndex(of: " ") else {
            let names = DotCommand.all.map {
                Completions.Candidate($0.name, terminator: $0.arguments.isEmpty ? "" : " ")
            }
            return Completions(typed: String(line), candidates: Self.fitting(names, String(line)))
        }
        let typed = String(line[line.index(after: space)...])
        let name = line.prefix { $0 != " " }.lowercased()
        guard let command = DotCommand.all.first(where: { $0.name == name }) else { return .none }
        switch command.argumentKind {
        case .none, .statement: return .none
        case .table: return Completions(typed: typed, candidates: Self.fitting(tables, typed))
        case .words(let words):
            return Completions(typed: typed, candidates: Self.fitting(words.map { .init($0, terminator: "") }, typed))
        case .topic:
            let topics = DotCommand.all.map(\.name) + HelpText.keywords
            return Completions(typed: typed, candidates: Self.fitting(topics.map { .init($0, terminator: "") }, typed))
        case .file: return FileNames.completions(typed)
        }
    }

    /// Those that begin with what was typed, whatever its case.
    private static func fitting(_ candidates: [Completions.Candidate], _ typed: String) -> [Completions.Candidate] {
        let beginning = typed.lowercased()
        return candidates.filter { $0.text.lowercased().hasPrefix(beginning) }
    }
}

/// What completion asks of a database.
protocol CompletionCatalog: AnyObject {
    func tableNames() -> [String]
    /// Names of a table's secondary indexes.
    func indexNames(of table: String) -> [String]
    /// Names of attributes that some of the table's items have, in a struct at `path` or at the top.
    func attributeNames(of table: String, under path: [String]) -> [String]
    func backupPlanNames() -> [String]
    /// Moments as statements name them: restore points, and the newest commits.
    func moments() -> [String]
}

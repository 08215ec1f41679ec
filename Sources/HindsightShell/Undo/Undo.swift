import Hindsight

/// Takes back what one commit changed, where nobody has changed the same items since.
struct Undo {
    let connection: Connection
    let commit: Commit

    /// What is to be done in one table.
    struct Step {
        let table: String
        /// Items that come back, go, and become again what they were.
        let counts: (back: Int, gone: Int, changed: Int)
        let statement: String

        /// `Music: 1 item comes back, 2 go`
        var words: String {
            let parts = [
                (counts.back, "comes back", "come back"), (counts.gone, "goes", "go"),
                (counts.changed, "becomes what it was", "become what they were"),
            ]
            let said = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? "item \($0.1)" : "items \($0.2)")" }
            return "\(NameText.quotedIfNeeded(table)): \(said.joined(separator: ", "))"
        }
    }

    /// Says what it will do, and does it, as one transaction.
    ///
    /// - Returns: the commit that did it; nil if nothing was left to undo.
    func run(_ output: TextOutput) throws(ShellError) -> Commit? {
        if connection.session.isInTransaction {
            throw .command("a transaction is open", hint: "ROLLBACK undoes what it did")
        }
        // The transaction holds the writer, so that what is looked at stays as it is.
        try execute("BEGIN")
        do throws(ShellError) {
            for step in try steps() {
                output.writeLine(step.words)
                output.writeLine(step.statement + ";")
                try execute(step.statement)
            }
            return try execute("COMMIT")
        } catch {
            _ = try? execute("ROLLBACK")
            throw error
        }
    }

    /// The statement to show behind a write; nil where nothing can be undone.
    func hint() -> String? {
        guard let tables = try? tables(), let first = tables.first else { return nil }
        let name = NameText.quotedIfNeeded(first)
        guard (try? values("SELECT VALUE 1 FROM \(name) AS OF '\(before)' LIMIT 1")) != nil else { return nil }
        return tables.count == 1 ? "REVERT TABLE \(name) TO '\(before)';" : ".undo"
    }

    private var before: String { "v\(commit.version - min(commit.version, 1))" }
    private var after: String { "v\(commit.version)" }
}

// MARK: - Looking

extension Undo {
    private func steps() throws(ShellError) -> [Step] {
        let tables = try tables()
        if tables.isEmpty {
            throw .command("the last write changed no items", hint: "what it did to tables must be undone by hand")
        }
        var steps: [Step] = []
        for table in tables {
            if let step = try step(table) { steps.append(step) }
        }
        return steps
    }

    /// The tables whose items the commit changed.
    private func tables() throws(ShellError) -> [String] {
        let rows = try values(
            "SELECT VALUE c.ChangesByTable FROM SYSTEM.COMMITS AS c WHERE c.Version = \(commit.version)")
        guard case .structure(let tables)? = rows.first else { return [] }
        return tables.fields.map(\.name)
    }

    private func step(_ table: String) throws(ShellError) -> Step? {
        try checkRecovery(table)
        let name = NameText.quotedIfNeeded(table)
        let mine = "DIFF TABLE \(name) AS OF '\(before)' WITH AS OF '\(after)' AS mine"
        let later = "DIFF TABLE \(name) AS OF '\(after)' AS later"
        let conflicts = try values("SELECT VALUE mine.key FROM \(mine), \(later) WHERE mine.key = later.key")
        if let key = conflicts.first {
            let others = conflicts.count > 1 ? " and \(conflicts.count - 1) more" : ""
            throw .command(
                "item \(key.description)\(others) of table '\(table)' was changed since by another write",
                hint: "EXPLAIN REVERT TABLE \(name) TO '\(before)' shows what going back would change")
        }
        let counts = try values("SELECT VALUE mine.op FROM \(mine)").reduce(into: (back: 0, gone: 0, changed: 0)) {
            switch $1 {
            case .string("insert"): $0.gone += 1
            case .string("delete"): $0.back += 1
            default: $0.changed += 1
            }
        }
        guard counts.back + counts.gone + counts.changed > 0 else { return nil }
        var statement = "REVERT TABLE \(name) TO '\(before)'"
        if try !values("SELECT VALUE 1 FROM \(later) LIMIT 1").isEmpty {
            statement += " WHERE " + (try condition(name, mine))
        }
        return Step(table: table, counts: counts, statement: statement)
    }

    /// That an item is one of those that the commit changed.
    private func condition(_ name: String, _ mine: String) throws(ShellError) -> String {
        guard case .structure(let key)? = try values("SELECT VALUE mine.key FROM \(mine) LIMIT 1").first else {
            return "FALSE"
        }
        let names = key.fields.map { NameText.quoted($0.name) }
        let own = names.map { "\(name).\($0)" }.joined(separator: ", ")
        let keys = names.map { "mine.key.\($0)" }.joined(separator: ", ")
        return "[\(own)] IN (SELECT VALUE [\(keys)] FROM \(mine))"
    }

    private func checkRecovery(_ table: String) throws(ShellError) {
        let name = NameText.quotedIfNeeded(table)
        let status = try values(
            "SELECT VALUE r.PointInTimeRecoveryStatus FROM SYSTEM.RECOVERY AS r "
                + "WHERE r.TableName = \(Value.string(table).description)")
        guard case .string("ENABLED")? = status.first else {
            throw .command(
                "table '\(table)' keeps no past, so that nothing can be undone",
                hint: "ALTER TABLE \(name) SET POINT_IN_TIME_RECOVERY ON keeps it from then on")
        }
    }

    private func values(_ query: String) throws(ShellError) -> [Value] {
        do throws(DatabaseError) {
            return try connection.values(query)
        } catch {
            throw .shell(Diagnostic(error.code, error.message, hint: error.hint))
        }
    }

    /// - Returns: the commit, if it made one.
    @discardableResult
    private func execute(_ text: String) throws(ShellError) -> Commit? {
        do throws(DatabaseError) {
            let session = connection.session
            switch try session.execute(session.prepare(text).bind()) {
            case .changed(let outcome): return outcome.commit
            case .restored(let report): return report.commit
            case .done(let commit): return commit
            case .rows, .value: return nil
            }
        } catch {
            throw .shell(Diagnostic(error.code, error.message, hint: error.hint))
        }
    }
}

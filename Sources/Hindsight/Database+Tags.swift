import HindsightQuery
import HindsightValues

/// Tags as typed calls.
extension Database {
    /// `ALTER TABLE table SET (TAGS = {…})`: puts these tags on a table, in place of those that it has. A table that is
    /// restored begins without any.
    ///
    /// - Parameters:
    ///   - tags: values by keys; at most 50, keys of 1 to 128 characters that do not begin with `aws:`, values of at most 256.
    ///   - table: the table's exact name.
    /// - Throws: `DatabaseError`: `unknownTable`, `invalidSetting`.
    @discardableResult
    public func setTags(_ tags: [String: String], of table: String) throws(DatabaseError) -> Commit {
        var structure = Structure()
        for (key, value) in tags { structure.append(key, .string(value)) }
        let text: String?
        do { text = try TableTags(.structure(structure)).text } catch { throw DatabaseError(error) }
        return try change("ALTER TABLE \(quotedIdentifier(table)) SET (TAGS = …)") {
            try $0.setSettings(of: table, [(TableTags.setting, text.map(Value.string) ?? .null)])
        }
    }

    /// The tags of a table: values by keys.
    ///
    /// - Throws: `DatabaseError`: `unknownTable`.
    public func tags(of table: String) throws(DatabaseError) -> [String: String] {
        do {
            let snapshot = try store.snapshot()
            defer { snapshot.close() }
            guard let info = snapshot.table(named: table) else { throw DatabaseError(.tableNotFound(table)) }
            let tags = TableTags(text: info.settings[TableTags.setting])
            return Dictionary(tags.list.map { ($0.key, $0.value) }) { $1 }
        } catch let error as DatabaseError { throw error } catch {
            throw DatabaseError(.internalError, "\(error)")
        }
    }
}

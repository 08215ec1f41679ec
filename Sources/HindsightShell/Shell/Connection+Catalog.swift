import Hindsight

/// What the shell asks the database about itself. All of it is read in the session of the statements, so that an open
/// transaction sees what it made.
extension Connection: CompletionCatalog {
    /// Items looked at for the names of attributes.
    private static let sampleSize = 50
    /// Commits that are offered as moments.
    private static let recentCommits: UInt64 = 5

    /// A table as `.schema` shows it.
    struct TableDescription {
        let name: String
        /// Each key attribute with its type and role: `Artist STRING PARTITION KEY`.
        let keyAttributes: [String]
        /// Days for which the past is kept; nil if it is not.
        let retentionDays: Int64?
    }

    func tableNames() -> [String] {
        (try? tables().map(\.name)) ?? []
    }

    func indexNames(of table: String) -> [String] {
        guard let name = tableNames().first(where: { $0.lowercased() == table.lowercased() }) else { return [] }
        let query = "SELECT VALUE IndexName FROM SYSTEM.INDEXES WHERE TableName = \(Value.string(name).description)"
        return ((try? values(query)) ?? []).compactMap { if case .string(let index) = $0 { index } else { nil } }
    }

    /// All tables by name.
    func tables() throws(DatabaseError) -> [TableDescription] {
        let rows = try values(
            """
            SELECT t.TableName, t.KeySchema, r.RecoveryPeriodInDays
            FROM SYSTEM.TABLES AS t LEFT JOIN SYSTEM.RECOVERY AS r ON t.TableName = r.TableName
            ORDER BY t.TableName
            """)
        return rows.compactMap(TableDescription.init)
    }

    func attributeNames(of table: String, under path: [String]) -> [String] {
        guard let name = tableNames().first(where: { $0.lowercased() == table.lowercased() }) else { return [] }
        let items = (try? values("SELECT VALUE t FROM \(NameText.quoted(name)) AS t LIMIT \(Self.sampleSize)")) ?? []
        var names: [String] = []
        for item in items {
            guard case .structure(let structure) = Self.value(at: path, in: item) else { continue }
            for field in structure.fields where !names.contains(where: { $0.utf8.elementsEqual(field.name.utf8) }) {
                names.append(field.name)
            }
        }
        return names
    }

    func backupPlanNames() -> [String] {
        ((try? values("SELECT VALUE p.BackupPlanName FROM SYSTEM.PLANS AS p")) ?? []).compactMap(\.stringValue)
    }

    func moments() -> [String] {
        let points = (try? values("SELECT VALUE p.RestorePointName FROM SYSTEM.RESTORE_POINTS AS p")) ?? []
        let newest = (try? database.latestVersion()) ?? 0
        let versions = stride(from: newest, to: newest - min(newest, Self.recentCommits), by: -1)
        return points.compactMap(\.stringValue).map(NameText.quotedIfNeeded) + versions.map { "'v\($0)'" }
    }

    /// The keys and headers that a table is stored as.
    func storedKeys(of table: String) throws(DatabaseError) -> [String] {
        try database.storedKeys(of: table)
    }

    func values(_ query: String) throws(DatabaseError) -> [Value] {
        guard case .rows(let rows) = try session.execute(session.prepare(query).bind()) else { return [] }
        return try rows.collect().map(\.value)
    }

    /// The value that a path of names leads to, without regard to case.
    private static func value(at path: [String], in item: Value) -> Value {
        path.reduce(item) { value, name in
            guard case .structure(let structure) = value else { return .missing }
            return structure.fields.first { $0.name.lowercased() == name.lowercased() }?.value ?? .missing
        }
    }
}

extension Connection.TableDescription {
    /// Reads a row of the catalog query.
    fileprivate init?(_ row: Value) {
        guard case .structure(let row) = row, case .string(let name) = row["TableName"] else { return nil }
        self.name = name
        retentionDays = if case .int(let days) = row["RecoveryPeriodInDays"] { days } else { nil }
        guard case .list(let schema) = row["KeySchema"] else { return nil }
        keyAttributes = schema.compactMap(Self.keyAttribute)
    }

    private static func keyAttribute(_ entry: Value) -> String? {
        guard case .structure(let entry) = entry, case .string(let name) = entry["AttributeName"],
            case .string(let role) = entry["KeyType"], case .string(let type) = entry["AttributeType"]
        else { return nil }
        let types = ["S": "STRING", "N": "NUMBER", "B": "BINARY"]
        let nameText = NameText.quotedIfNeeded(name)
        return "\(nameText) \(types[type] ?? type) \(role == "HASH" ? "PARTITION" : "SORT") KEY"
    }

    /// The statements that make the table.
    var statements: [String] {
        let table = NameText.quotedIfNeeded(name)
        var statements = ["CREATE TABLE \(table) (\(keyAttributes.joined(separator: ", ")));"]
        if let retentionDays {
            let retention = "WITH RETENTION \(retentionDays) DAYS"
            statements.append("ALTER TABLE \(table) SET POINT_IN_TIME_RECOVERY ON \(retention);")
        }
        return statements
    }
}

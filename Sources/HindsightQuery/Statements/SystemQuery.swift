import HindsightSyntax
import HindsightValues

/// The query of SYSTEM's tables that SHOW or DESCRIBE is short for, as text.
struct SystemQuery {
    let text: String

    /// - Throws: `unsupported` for what there is nothing of yet; `unknownTable`.
    init(_ show: Show, _ catalog: Catalog, at span: SourceSpan) throws(QueryError) {
        var condition = ""
        if let table = show.table {
            // Backups outlive their tables.
            let name = show.subject == .backups ? table.lastName : try catalog.resolve(table).reference.name
            condition = "WHERE TableName = \(Value.string(name).description)"
        }
        switch show.subject {
        case .tables: text = "SELECT * FROM SYSTEM.TABLES \(condition) ORDER BY TableName"
        case .recovery: text = "SELECT * FROM SYSTEM.RECOVERY \(condition) ORDER BY TableName"
        case .restorePoints: text = "SELECT * FROM SYSTEM.RESTORE_POINTS ORDER BY Time"
        case .commits: text = "SELECT * FROM SYSTEM.COMMITS ORDER BY Version"
        case .changes: text = "SELECT * FROM SYSTEM.CHANGES \(condition) ORDER BY Version"
        case .restores: text = "SELECT * FROM SYSTEM.RESTORES \(condition) ORDER BY TableName"
        case .indexes: text = "SELECT * FROM SYSTEM.INDEXES \(condition) ORDER BY TableName, IndexName"
        case .backups: text = "SELECT * FROM SYSTEM.BACKUPS \(condition) ORDER BY BackupCreationDateTime"
        case .exports: text = "SELECT * FROM SYSTEM.EXPORTS \(condition) ORDER BY StartTime, ExportArn"
        case .backupPlans: text = "SELECT * FROM SYSTEM.PLANS ORDER BY BackupPlanName"
        case .timeline:
            throw QueryError(.unsupported, "SHOW \(show.subject.rawValue) is not available yet", at: span)
        }
    }

    /// - Throws: `unknownTable`.
    init(describing table: TableName, _ catalog: Catalog) throws(QueryError) {
        let found = try catalog.resolve(table)
        text = """
            SELECT t.*, r.RecoveryPeriodInDays, r.EarliestRestorableDateTime, r.LatestRestorableDateTime
            FROM SYSTEM.TABLES AS t LEFT JOIN SYSTEM.RECOVERY AS r ON t.TableName = r.TableName
            WHERE t.TableName = \(Value.string(found.reference.name).description)
            """
    }
}

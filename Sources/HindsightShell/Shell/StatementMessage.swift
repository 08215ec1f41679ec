import Hindsight
import HindsightSyntax

/// What the shell says of a statement that gives no rows.
enum StatementMessage {
    /// `3 items inserted (v12, 12:00:03.000)`: the version and the time are what an undo would name.
    static func changed(_ node: HindsightSyntax.Statement.Node, count: Int, _ stamp: Commit?) -> String {
        "\(count) \(count == 1 ? "item" : "items") \(participle(node))" + text(stamp)
    }

    static func done(_ node: HindsightSyntax.Statement.Node, _ stamp: Commit?) -> String {
        deed(node) + text(stamp)
    }

    /// `table restored, 3 items (v5, 12:00:04.000)`, and on a line of its own what the new table begins without.
    static func restored(_ report: RestoreReport) -> String {
        let items = "\(report.itemCount) \(report.itemCount == 1 ? "item" : "items")"
        let message = "table restored, \(items)" + text(report.commit)
        guard !report.notCarriedOver.isEmpty else { return message }
        let omissions = report.notCarriedOver.map { "\($0.name) (\($0.value))" }
        return message + "\nnot carried over: " + omissions.joined(separator: ", ")
    }

    static func text(_ stamp: Commit?) -> String {
        stamp.map { " (v\($0.version), \(TimeText.ofDay($0.microsecondsSince1970)))" } ?? ""
    }

    private static func participle(_ node: HindsightSyntax.Statement.Node) -> String {
        switch node {
        case .insert(let insert):
            switch insert.verb {
            case .insert: "inserted"
            case .upsert: "upserted"
            case .replace: "replaced"
            }
        case .update: "updated"
        case .delete: "deleted"
        case .revert: "reverted"
        case .importItems: "imported"
        default: "changed"
        }
    }

    private static func deed(_ node: HindsightSyntax.Statement.Node) -> String {
        switch node {
        case .createTable: "table created"
        case .createIndex: "index created"
        case .createBackup: "backup created"
        case .createBackupPlan: "backup plan created"
        case .createRestorePoint: "restore point created"
        case .alterTable: "table altered"
        case .dropTable: "table dropped"
        case .dropIndex: "index dropped"
        case .dropBackup: "backup dropped"
        case .dropBackupPlan: "backup plan dropped"
        case .dropRestorePoint: "restore point dropped"
        case .undropTable: "table undropped"
        case .renameTable: "table renamed"
        case .begin: "transaction begun"
        case .commit: "transaction committed"
        case .rollback: "transaction rolled back"
        case .vacuum: "file compacted"
        case .verify: "verified"
        case .attach: "attached"
        case .detach: "detached"
        case .setOption: "set"
        case .export: "exported"
        default: "done"
        }
    }
}

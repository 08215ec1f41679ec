import HindsightStorage
import HindsightSyntax

extension QueryError {
    /// What the storage layer says of logs of changes.
    init(ofChanges error: StorageError) {
        self =
            switch error {
            case .streamOff(let table):
                QueryError(
                    .pointInTimeRecoveryOff, "table '\(table)' keeps no log of its changes", at: nil,
                    hint: "ALTER TABLE \(table) SET (STREAM = ON) keeps 24 hours of them from then on")
            case .changesTrimmed(let table, let version, let begin):
                QueryError(
                    .changesTrimmed, "changes of table '\(table)' after version \(version) are not kept any more",
                    at: nil, hint: "its log begins behind version \(begin); .earliest is there")
            case .tableDropped(let table):
                QueryError(
                    .unknownTable, "table '\(table)' was dropped", at: nil,
                    hint: "changes that were not read before are gone")
            default: QueryError(.internalError, "\(error)", at: nil)
            }
    }
}

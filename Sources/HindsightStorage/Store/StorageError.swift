import HindsightKeyValue

/// Everything that the storage layer refuses or cannot do: a case a reason, with the parts of its message.
///
/// Times are microseconds since 1970. Sorted by what the caller does next: fix the statement (tables, items, time),
/// use the handle differently, or look after the file.
package enum StorageError: Error, Equatable, Sendable {
    // MARK: Tables

    case tableExists(String)
    case tableNotFound(String)
    /// Empty, longer than `Limits.tableNameBytes`, or with a control character in it.
    case invalidTableName(String)
    /// The key attributes of a new table are equal, or one has an empty name.
    case invalidKeySchema(table: String)

    // MARK: Indexes

    case indexExists(table: String, index: String)
    case indexNotFound(table: String, index: String)
    case invalidIndexName(String)
    /// A key attribute has another type in the table's key or in another index.
    case indexKeyConflict(index: String, attribute: String, is: KeyAttribute.Kind, wanted: KeyAttribute.Kind)
    case invalidLocalIndex(index: String, reason: String)
    case invalidIndexKeys(index: String)
    case tooManyIndexes(table: String, scope: IndexInfo.Scope, limit: Int)
    case tooManyProjectedAttributes(table: String, limit: Int)
    /// Not all items have their entries yet.
    case indexNotReady(table: String, index: String, percent: Int)
    /// The index does not reach that far into the past.
    case beforeIndex(table: String, index: String, asked: Moment, since: Int64)
    case indexKeyMismatch(index: String, attribute: String, expected: KeyAttribute.Kind, found: String)
    case indexKeyEmpty(index: String, attribute: String)
    case indexKeyTooLong(index: String, attribute: String, bytes: Int, limit: Int)

    /// It has `DELETION_PROTECTION`.
    case deletionProtected(table: String)

    // MARK: Backups

    case backupNotFound(String)
    case backupExists(table: String, backup: String)
    /// Not `Limits.backupNameBytes` of letters, digits, `_`, `.` and `-`.
    case invalidBackupName(String)
    case planNotFound(String)
    case planExists(String)
    case invalidPlanName(String)
    /// A copy was to be made into the file that it is made of.
    case sameFile(String)
    /// Tables of several names have one of this name.
    case ambiguousBackup(String)

    // MARK: Items

    /// An insert met an item with the same key.
    case itemExists(table: String)
    case keyAttributeMissing(table: String, attribute: String)
    case keyAttributeMismatch(table: String, attribute: String, expected: KeyAttribute.Kind, found: String)
    case keyAttributeEmpty(table: String, attribute: String)
    case keyAttributeTooLong(table: String, attribute: String, bytes: Int, limit: Int)
    /// The bytes handed over as a document are none.
    case malformedDocument(table: String, reason: String)

    // MARK: Time

    /// The table keeps no past: point-in-time recovery is off.
    case recoveryOff(table: String)
    case beforeTable(table: String, asked: Moment, created: Int64)
    case beforeEarliest(table: String, asked: Moment, earliest: Int64, latest: Int64)
    case inFuture(table: String, asked: Moment, latest: Int64)
    case restorePointNotFound(String)
    case restorePointExists(String)
    case invalidRestorePointName(String)
    case retentionOutOfRange(days: Int, allowed: ClosedRange<Int>)
    /// The first of two moments is after the second.
    case reversedPeriod(from: Moment, to: Moment)

    // MARK: Changes

    /// The table keeps no log of its changes.
    case streamOff(table: String)
    /// Changes behind the version are not kept: the log begins behind a later one.
    case changesTrimmed(table: String, after: Version, begin: Version)
    /// The table was there when somebody began to follow its changes.
    case tableDropped(String)

    // MARK: Handles

    /// A write was begun inside the body of another write of the same thread: it would wait for itself.
    case reentrantWrite
    /// The transaction was committed or rolled back before.
    case transactionEnded
    case readOnly
    /// A commit failed before: what is durable is known again only after reopening.
    case failed
    case closed

    // MARK: Files

    case notADatabase(path: String)
    case newerFormat(path: String, found: Int, supported: Int)
    /// Stored bytes that contradict themselves; `key` is the raw key as words.
    case corrupt(what: String, key: String)
    case keyValue(KeyValueError)
}

extension StorageError {
    init(_ error: KeyValueError) {
        self = .keyValue(error)
    }
}

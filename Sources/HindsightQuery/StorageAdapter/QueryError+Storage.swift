import HindsightKeyValue
import HindsightStorage
import HindsightSyntax
import HindsightValues

/// Runs what the storage layer does, in the words of the query layer if it fails.
func storing<Result>(_ body: () throws(StorageError) -> Result) throws(QueryError) -> Result {
    do { return try body() } catch { throw QueryError(error) }
}

extension QueryError {
    /// The storage layer's reasons, as users read them. They have no place in the statement; who knows it adds the span.
    package init(_ error: StorageError) {
        self =
            switch error {
            case .tableExists, .tableNotFound, .invalidTableName, .invalidKeySchema: .ofTable(error)
            case .indexExists, .indexNotFound, .invalidIndexName, .indexKeyConflict, .invalidLocalIndex,
                .invalidIndexKeys, .tooManyIndexes, .tooManyProjectedAttributes, .indexNotReady, .beforeIndex,
                .indexKeyMismatch, .indexKeyEmpty, .indexKeyTooLong:
                QueryError(ofIndex: error)
            case .backupNotFound, .backupExists, .invalidBackupName, .ambiguousBackup, .deletionProtected,
                .planNotFound, .planExists, .invalidPlanName, .sameFile:
                QueryError(ofBackup: error)
            case .itemExists, .keyAttributeMissing, .keyAttributeMismatch, .keyAttributeEmpty, .keyAttributeTooLong,
                .malformedDocument:
                .ofItem(error)
            case .recoveryOff, .beforeTable, .beforeEarliest, .inFuture, .restorePointNotFound, .restorePointExists,
                .invalidRestorePointName, .retentionOutOfRange, .reversedPeriod:
                .ofTime(error)
            case .streamOff, .changesTrimmed, .tableDropped: QueryError(ofChanges: error)
            case .reentrantWrite, .transactionEnded, .readOnly, .failed, .closed: .ofHandle(error)
            case .notADatabase(let path):
                QueryError(.notADatabase, "\(path) is not a Hindsight database", at: nil)
            case .newerFormat(let path, let found, let supported):
                QueryError(
                    .newerFormat, "\(path) has format \(found), and this version reads formats up to \(supported)",
                    at: nil, hint: "open it with a newer version of Hindsight")
            case .corrupt(let what, let key):
                QueryError(.corrupt, "\(what) is damaged at \(key)", at: nil, hint: "restore the file from a copy")
            case .keyValue(let error): QueryError(error)
            }
    }

    private static func ofTable(_ error: StorageError) -> QueryError {
        switch error {
        case .tableExists(let name): QueryError(.tableExists, "table '\(name)' exists", at: nil)
        case .tableNotFound(let name): QueryError(.unknownTable, "there is no table '\(name)'", at: nil)
        case .invalidTableName(let name):
            QueryError(
                .invalidName, "'\(name)' cannot be the name of a table", at: nil,
                hint: "a name has 1 to \(Limits.tableNameBytes) bytes and no control characters")
        default:
            QueryError(
                .invalidName, "the key attributes of a table must have names, and different ones", at: nil)
        }
    }

    private static func ofItem(_ error: StorageError) -> QueryError {
        switch error {
        case .itemExists(let table):
            QueryError(
                .duplicateKey, "table '\(table)' has an item of this key", at: nil,
                hint: "REPLACE INTO writes over it, ON CONFLICT DO NOTHING leaves it")
        case .keyAttributeMissing(let table, let attribute):
            QueryError(
                .keyMissing, "the item lacks '\(attribute)', which is part of the key of table '\(table)'", at: nil)
        case .keyAttributeMismatch(_, let attribute, let expected, let found):
            QueryError(
                .keyTypeMismatch, "key attribute '\(attribute)' must be a \(expected), found \(found)", at: nil)
        case .keyAttributeEmpty(_, let attribute):
            QueryError(.keyEmpty, "key attribute '\(attribute)' must not be empty", at: nil)
        case .keyAttributeTooLong(_, let attribute, let bytes, let limit):
            QueryError(
                .keyTooLong, "key attribute '\(attribute)' has \(bytes) bytes, and the limit is \(limit)", at: nil)
        case .malformedDocument(_, let reason):
            QueryError(.valueNotStorable, "the item cannot be stored: \(reason)", at: nil)
        default: QueryError(.internalError, "\(error)", at: nil)
        }
    }

    private static func ofTime(_ error: StorageError) -> QueryError {
        switch error {
        case .recoveryOff(let table):
            QueryError(
                .pointInTimeRecoveryOff, "point in time recovery is not enabled for table '\(table)'", at: nil,
                hint: "ALTER TABLE \(table) SET POINT_IN_TIME_RECOVERY ON keeps the past from then on")
        case .beforeTable(let table, let asked, let created):
            QueryError(
                .restoreTimeOutOfWindow,
                "table '\(table)' did not exist at \(words(asked)): it was created at \(time(created))", at: nil)
        case .beforeEarliest(let table, let asked, let earliest, let latest):
            QueryError(
                .restoreTimeOutOfWindow, "table '\(table)' cannot be read at \(words(asked)), which is too early",
                at: nil, hint: "its past reaches from \(time(earliest)) to \(time(latest))")
        case .inFuture(_, let asked, let latest):
            QueryError(
                .restoreTimeOutOfWindow, "\(words(asked)) is in the future", at: nil,
                hint: "the latest moment is \(time(latest))")
        case .restorePointNotFound(let name):
            QueryError(
                .unknownRestorePoint, "there is no restore point '\(name)'", at: nil,
                hint: "SHOW RESTORE POINTS lists them; a time is written in quotes")
        case .restorePointExists(let name):
            QueryError(.restorePointExists, "restore point '\(name)' exists", at: nil)
        case .invalidRestorePointName(let name):
            QueryError(.invalidName, "'\(name)' cannot be the name of a restore point", at: nil)
        case .retentionOutOfRange(let days, let allowed):
            QueryError(
                .retentionOutOfRange,
                "the retention must be \(allowed.lowerBound) to \(allowed.upperBound) days, found \(days)", at: nil)
        case .reversedPeriod(let from, let to):
            QueryError(.invalidTime, "the period ends at \(words(to)), before it starts at \(words(from))", at: nil)
        default: QueryError(.internalError, "\(error)", at: nil)
        }
    }

    private static func ofHandle(_ error: StorageError) -> QueryError {
        switch error {
        case .reentrantWrite:
            QueryError(
                .transactionState, "a write was begun inside another write of the same thread", at: nil,
                hint: "use the transaction that the outer write was given")
        case .transactionEnded: QueryError(.transactionState, "the transaction has ended", at: nil)
        case .readOnly: QueryError(.readOnly, "the database was opened read-only", at: nil)
        case .failed:
            QueryError(
                .inputOutput, "a commit has failed before, so nothing more can be written", at: nil,
                hint: "close the database and open it again")
        default: QueryError(.closed, "the database was closed", at: nil)
        }
    }

    static func words(_ moment: HindsightStorage.Moment) -> String {
        switch moment {
        case .now: "now"
        case .latest: "the latest moment"
        case .earliest: "the earliest moment"
        case .time(let microseconds): time(microseconds)
        case .version(let version): "version \(version)"
        case .restorePoint(let name): "restore point '\(name)'"
        }
    }

    static func time(_ microseconds: Int64) -> String {
        Timestamp(clock: microseconds).description
    }
}

extension QueryError {
    /// What the file or the operating system says.
    package init(_ error: KeyValueError) {
        self.init(DiagnosticCode(error.code), error.message, at: nil)
    }

    /// An item, or a value of it, that cannot be stored.
    init(_ error: ValueError) {
        let code: DiagnosticCode =
            switch error {
            case .nestingTooDeep: .nestingTooDeep
            case .documentTooLarge: .itemTooLarge
            case .corruptDocument, .corruptKey: .corrupt
            case .numberOverflow, .numberUnderflow, .numberTooPrecise, .integerOverflow: .numberOutOfRange
            default: .valueNotStorable
            }
        self.init(code, error.description, at: nil)
    }
}

extension DiagnosticCode {
    fileprivate init(_ code: KeyValueError.Code) {
        self =
            switch code {
            case .noSuchFile, .noSuchDirectory: .fileNotFound
            case .notADatabase, .missingTree: .notADatabase
            case .newerFormat: .newerFormat
            case .truncated: .truncated
            case .corrupted: .corrupt
            case .permissionDenied: .permissionDenied
            case .readOnly: .readOnly
            case .diskFull, .mapFull: .diskFull
            case .readersFull, .transactionFull, .outOfMemory: .limitExceeded
            case .busy, .incompatibleOptions: .busy
            case .keyTooLong, .badValueSize, .notInOrder, .transactionUnusable, .usedAfterFork: .internalError
            case .previousFailure, .inputOutput, .system, .fileExists: .inputOutput
            }
    }
}

extension HindsightStorage.KeyAttribute.Kind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .string: "string"
        case .number: "number"
        case .binary: "binary"
        }
    }
}

extension DiagnosticCode {
    /// The name of DynamoDB's exception for this fault; nil where the service knows no such fault. The one table of them;
    /// a fault that the service names by the statement (a missing table in RESTORE, say) overrides it in its diagnostic.
    public var exceptionName: String? {
        switch self {
        case .syntaxError, .unterminatedText, .invalidCharacter, .invalidUTF8, .invalidLiteral, .invalidIon,
            .statementTooDeep, .statementTooLong, .unsupported:
            "ValidationException"
        case .unknownTable:
            "ResourceNotFoundException"
        case .unknownIndex, .unknownName, .ambiguousName, .duplicateName, .unknownFunction, .unknownType,
            .unknownSetting, .invalidSetting, .invalidName, .wrongArgumentCount, .misplacedAggregate, .misplacedWindow,
            .invalidWindow,
            .invalidGrouping, .invalidTarget, .parameterMismatch, .wrongStatementKind:
            "ValidationException"
        case .typeMismatch, .invalidCast, .numberOutOfRange, .divisionByZero, .invalidTime, .invalidPattern,
            .invalidArgument, .invalidPath, .notSingleValue, .invalidText:
            "ValidationException"
        case .keyMissing, .keyTypeMismatch, .keyEmpty, .keyTooLong, .keyUpdate, .keyConditionMissing, .notAnItem,
            .itemTooLarge, .nestingTooDeep, .valueNotStorable:
            "ValidationException"
        case .duplicateKey:
            "DuplicateItemException"
        case .conditionFailed:
            "ConditionalCheckFailedException"
        case .tableExists:
            "TableAlreadyExistsException"
        case .indexExists, .retentionOutOfRange, .unknownRestorePoint, .restorePointExists, .backupExists,
            .unknownBackupPlan, .backupPlanExists, .readOnlyTable, .deletionProtected:
            "ValidationException"
        case .tableInUse:
            "ResourceInUseException"
        case .pointInTimeRecoveryOff:
            "PointInTimeRecoveryUnavailableException"
        case .restoreTimeOutOfWindow:
            "InvalidRestoreTimeException"
        case .changesTrimmed:
            "TrimmedDataAccessException"
        case .exportTimeOutOfWindow:
            "InvalidExportTimeException"
        case .unknownBackup:
            "BackupNotFoundException"
        case .transactionConflict:
            "TransactionConflictException"
        case .transactionCancelled:
            "TransactionCanceledException"
        case .limitExceeded:
            "LimitExceededException"
        case .transactionState, .cancelled, .memoryLimit, .closed, .busy, .notADatabase, .newerFormat, .truncated,
            .corrupt, .readOnly, .diskFull, .fileNotFound, .permissionDenied, .inputOutput, .internalError:
            nil
        }
    }
}

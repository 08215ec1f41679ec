/// The stable names of all faults that the product reports. A code once shipped keeps its meaning; the raw value is what
/// programs see.
public enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
    // Text

    /// The text is not what the grammar expects.
    case syntaxError = "syntax_error"
    case unterminatedText = "unterminated_text"
    case invalidCharacter = "invalid_character"
    case invalidUTF8 = "invalid_utf8"
    case invalidLiteral = "invalid_literal"
    case invalidIon = "invalid_ion"
    /// A statement is nested too deeply.
    case statementTooDeep = "statement_too_deep"
    case statementTooLong = "statement_too_long"
    /// The text is understood, but this version cannot do it.
    case unsupported = "unsupported"

    // Names and meaning

    case unknownTable = "unknown_table"
    case unknownIndex = "unknown_index"
    case unknownName = "unknown_name"
    case ambiguousName = "ambiguous_name"
    case duplicateName = "duplicate_name"
    case unknownFunction = "unknown_function"
    case unknownType = "unknown_type"
    case unknownSetting = "unknown_setting"
    case invalidSetting = "invalid_setting"
    case invalidName = "invalid_name"
    case wrongArgumentCount = "wrong_argument_count"
    case misplacedAggregate = "misplaced_aggregate"
    case misplacedWindow = "misplaced_window"
    case invalidWindow = "invalid_window"
    case invalidGrouping = "invalid_grouping"
    case invalidTarget = "invalid_target"
    case parameterMismatch = "parameter_mismatch"
    case wrongStatementKind = "wrong_statement_kind"

    // Values

    case typeMismatch = "type_mismatch"
    case invalidCast = "invalid_cast"
    case numberOutOfRange = "number_out_of_range"
    case divisionByZero = "division_by_zero"
    case invalidTime = "invalid_time"
    case invalidPattern = "invalid_pattern"
    case invalidArgument = "invalid_argument"
    case invalidPath = "invalid_path"
    case notSingleValue = "not_single_value"
    case invalidText = "invalid_text"

    // Items and keys

    case keyMissing = "key_missing"
    case keyTypeMismatch = "key_type_mismatch"
    case keyEmpty = "key_empty"
    case keyTooLong = "key_too_long"
    case keyUpdate = "key_update"
    case keyConditionMissing = "key_condition_missing"
    case duplicateKey = "duplicate_key"
    case conditionFailed = "condition_failed"
    case notAnItem = "not_an_item"
    case itemTooLarge = "item_too_large"
    /// A value is nested too deeply.
    case nestingTooDeep = "nesting_too_deep"
    case valueNotStorable = "value_not_storable"

    // Tables and time

    case tableExists = "table_exists"
    case indexExists = "index_exists"
    case tableInUse = "table_in_use"
    case readOnlyTable = "read_only_table"
    case pointInTimeRecoveryOff = "point_in_time_recovery_off"
    case restoreTimeOutOfWindow = "restore_time_out_of_window"
    case exportTimeOutOfWindow = "export_time_out_of_window"
    case retentionOutOfRange = "retention_out_of_range"
    /// Changes that should have come next are not kept any more.
    case changesTrimmed = "changes_trimmed"
    case unknownRestorePoint = "unknown_restore_point"
    case restorePointExists = "restore_point_exists"
    case unknownBackup = "unknown_backup"
    case backupExists = "backup_exists"
    case deletionProtected = "deletion_protected"
    case unknownBackupPlan = "unknown_backup_plan"
    case backupPlanExists = "backup_plan_exists"

    // Sessions and transactions

    case transactionState = "transaction_state"
    case transactionConflict = "transaction_conflict"
    case transactionCancelled = "transaction_cancelled"
    case cancelled = "cancelled"
    case limitExceeded = "limit_exceeded"
    case memoryLimit = "memory_limit"
    case closed = "closed"
    case busy = "busy"

    // Files

    case notADatabase = "not_a_database"
    case newerFormat = "newer_format"
    case truncated = "truncated"
    case corrupt = "corrupt"
    case readOnly = "read_only"
    case diskFull = "disk_full"
    case fileNotFound = "file_not_found"
    case permissionDenied = "permission_denied"
    case inputOutput = "input_output"
    /// A rule that the product promises itself was broken.
    case internalError = "internal_error"
}

import HindsightStorage
import HindsightSyntax
import HindsightValues

extension QueryError {
    /// The storage layer's reasons that have to do with secondary indexes.
    init(ofIndex error: StorageError) {
        self = QueryError.ofDefinition(error) ?? .ofUse(error)
    }

    private static func ofDefinition(_ error: StorageError) -> QueryError? {
        switch error {
        case .indexExists(let table, let index):
            QueryError(.indexExists, "table '\(table)' has an index '\(index)'", at: nil)
        case .indexNotFound(let table, let index):
            QueryError(.unknownIndex, "table '\(table)' has no index '\(index)'", at: nil)
        case .invalidIndexName(let name):
            QueryError(
                .invalidName, "'\(name)' cannot be the name of an index", at: nil,
                hint: "a name has \(Limits.indexNameBytes.lowerBound) to \(Limits.indexNameBytes.upperBound) "
                    + "characters of a-z, A-Z, 0-9, '_', '.' and '-'")
        case .indexKeyConflict(let index, let attribute, let kind, let wanted):
            QueryError(
                .keyTypeMismatch,
                "index '\(index)' takes '\(attribute)' for a \(wanted), and another key takes it for a \(kind)", at: nil
            )
        case .invalidLocalIndex(let index, let reason):
            QueryError(
                .invalidArgument, "'\(index)' cannot be a local index: \(reason)", at: nil,
                hint: "a GLOBAL index may have any keys")
        case .invalidIndexKeys(let index):
            QueryError(.invalidName, "the keys of index '\(index)' must have names, and different ones", at: nil)
        case .tooManyIndexes(let table, let scope, let limit):
            QueryError(
                .limitExceeded, "table '\(table)' has \(limit) \(scope) indexes, and that is the limit", at: nil)
        case .tooManyProjectedAttributes(let table, let limit):
            QueryError(
                .limitExceeded, "the indexes of table '\(table)' would project more than \(limit) attributes", at: nil,
                hint: "PROJECT ALL counts none")
        default: nil
        }
    }

    private static func ofUse(_ error: StorageError) -> QueryError {
        switch error {
        case .indexNotReady(let table, let index, let percent):
            QueryError(
                .busy, "index '\(index)' of table '\(table)' is being created: \(percent) % are done", at: nil,
                hint: "the table itself can be read")
        case .beforeIndex(let table, let index, let asked, let since):
            QueryError(
                .restoreTimeOutOfWindow,
                "index '\(index)' does not reach back to \(words(asked)): it has a past since \(time(since))", at: nil,
                hint: "table '\(table)' itself can be read at that time")
        case .indexKeyMismatch(let index, let attribute, let expected, let found):
            QueryError(
                .keyTypeMismatch,
                "'\(attribute)' must be a \(expected), as it is a key of index '\(index)', found \(found)", at: nil,
                hint: "an item without the attribute is not in the index")
        case .indexKeyEmpty(let index, let attribute):
            QueryError(.keyEmpty, "'\(attribute)' must not be empty, as it is a key of index '\(index)'", at: nil)
        case .indexKeyTooLong(let index, let attribute, let bytes, let limit):
            QueryError(
                .keyTooLong,
                "'\(attribute)' has \(bytes) bytes, and a key of index '\(index)' has \(limit) at most", at: nil)
        default: QueryError(.internalError, "\(error)", at: nil)
        }
    }
}

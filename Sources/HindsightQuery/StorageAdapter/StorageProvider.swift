import HindsightStorage

/// The tables of the storage engine. This folder is the one place where the query layer names storage types.
package final class StorageProvider: TableProvider {
    private let store: Store

    package init(store: Store) {
        self.store = store
    }

    package func beginReading() throws(QueryError) -> any TableReader {
        try storing { () throws(StorageError) in StorageReader(try store.snapshot()) }
    }

    package func write(
        _ statement: String, _ body: (any TableWriter) throws -> Void
    ) throws -> CommitStamp? {
        do {
            let committed = try store.write(statement: statement) { transaction in
                try body(StorageWriter(transaction, buildsAtOnce: false))
                return transaction.hasUnbuiltIndexes
            }
            if committed.value { try store.buildIndexes() }
            return committed.commit.map(CommitStamp.init)
        } catch let error as StorageError {
            throw QueryError(error)
        }
    }

    package func beginTransaction() throws(QueryError) -> any TableTransaction {
        try storing { () throws(StorageError) in StorageTransaction(try store.beginTransaction()) }
    }

    package func vacuum() throws(QueryError) {
        try storing { () throws(StorageError) in _ = try store.vacuum() }
    }
}

/// BEGIN … COMMIT.
final class StorageTransaction: TableTransaction {
    private let transaction: OpenTransaction

    init(_ transaction: OpenTransaction) {
        self.transaction = transaction
    }

    func run(_ statement: String, _ body: (any TableWriter) throws -> Void) throws {
        do {
            try transaction.run(statement: statement) { try body(StorageWriter($0)) }
        } catch let error as StorageError {
            throw QueryError(error)
        }
    }

    func commit() throws(QueryError) -> CommitStamp? {
        try storing { () throws(StorageError) in try transaction.commit().map(CommitStamp.init) }
    }

    func rollback() {
        transaction.rollback()
    }
}

extension CommitStamp {
    init(_ commit: Commit) {
        self.init(version: commit.version, microseconds: commit.time)
    }
}

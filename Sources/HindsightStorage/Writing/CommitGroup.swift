import HindsightKeyValue

/// What one leader does: the bodies of a group, in one transaction of the key-value layer. See `CommitQueue`.
struct CommitGroup {
    private let store: Store
    private var access: TreeAccess?
    /// The commit that the next body follows.
    private var tip: Tip?
    /// Bodies that wait for the commit.
    private var sealed: [(request: WriteRequest, commit: Commit?)] = []

    init(store: Store) {
        self.store = store
    }

    /// Runs one body and keeps its outcome until the commit.
    mutating func run(_ request: WriteRequest) {
        do {
            let (access, tip) = try begun()
            let isFirst = sealed.isEmpty
            let transaction = StoreTransaction(store: store, access: access, tip: tip, statement: request.statement)
            let next = isFirst ? try runAlone(request, transaction) : try runInScope(request, transaction)
            if let next { self.tip = next }
            sealed.append((request, next.map { Commit(version: $0.version, time: $0.time) }))
        } catch {
            request.finish(.failure(error))
        }
    }

    /// Makes all that was sealed durable, and sets the callers' outcomes.
    mutating func commit() {
        guard let access, let tip else { return }
        do throws(StorageError) {
            if sealed.contains(where: { $0.commit != nil }) {
                try access.commit()
                store.remember(tip)
            } else {
                access.abort()
            }
            for (request, commit) in sealed { request.finish(.success(commit)) }
        } catch {
            for (request, _) in sealed { request.finish(.failure(error)) }
        }
        self.access = nil
    }

    private mutating func begun() throws(StorageError) -> (TreeAccess, Tip) {
        if let access, let tip { return (access, tip) }
        let access = TreeAccess(try store.beginWrite(), store.trees)
        let number = access.number
        // The file as it is now was written by the transaction before this one.
        var tip = try store.tip(access, number: number - 1, known: store.knownTip)
        tip.number = number
        self.access = access
        self.tip = tip
        return (access, tip)
    }

    private mutating func runAlone(
        _ request: WriteRequest, _ transaction: StoreTransaction
    ) throws -> Tip? {
        do {
            try request.run(in: transaction)
            return try transaction.seal()
        } catch {
            transaction.access.abort()
            access = nil
            throw error
        }
    }

    private func runInScope(_ request: WriteRequest, _ transaction: StoreTransaction) throws -> Tip? {
        let before = try transaction.beginScope()
        let next: Tip?
        do {
            try request.run(in: transaction)
            next = try transaction.seal()
        } catch {
            transaction.undoScope(to: before)
            throw error
        }
        try transaction.endScope()
        return next
    }
}

import HindsightKeyValue

extension Store {
    /// Runs `body` in a transaction and makes it durable, together with others that wait: see `CommitQueue`.
    ///
    /// If `body` throws, nothing of it is kept. It may run on another thread, while this one waits, and must not keep
    /// the transaction. Writers wait for one another, so a body should not take long.
    ///
    /// - Parameter statement: text to note with the commit.
    /// - Throws: what `body` throws; `.reentrantWrite` inside the body of another write; `.readOnly`; `.keyValue` if the
    ///   commit fails.
    @discardableResult
    package func write<Value>(
        statement: String = "", _ body: (StoreTransaction) throws -> Value
    ) throws -> Committed<Value> {
        try checkWritable()
        return try withoutActuallyEscaping(body) { body in
            var value: Value?
            let request = WriteRequest(statement: statement) { transaction in
                value = try body(transaction)
            }
            if commits.join(request) { lead() }
            let commit = try request.outcome.get()
            guard let value else { throw StorageError.transactionEnded }
            return Committed(value: value, commit: commit)
        }
    }

    /// `write` for a body that throws nothing but the layer's own errors.
    func writing<Result>(
        _ statement: String, _ body: (StoreTransaction) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        do {
            return try write(statement: statement) { try body($0) }.value
        } catch let error as StorageError {
            throw error
        } catch {
            preconditionFailure("the body throws nothing else: \(error)")
        }
    }

    func checkWritable() throws(StorageError) {
        guard !isReadOnly else { throw .readOnly }
        guard !environment.isWrittenByThisThread else { throw .reentrantWrite }
    }

    /// Serves those who wait, the caller's own request among them, and hands the lead on.
    private func lead() {
        var group = CommitGroup(store: self)
        var served: [WriteRequest] = []
        while served.count < Limits.commitGroup {
            let requests = commits.take(atMost: Limits.commitGroup - served.count)
            guard !requests.isEmpty else { break }
            for request in requests { group.run(request) }
            served += requests
        }
        group.commit()
        let leader = served.first
        for request in served where request !== leader { request.wake(.done) }
        commits.handOver()
        collectIfDue()
        expireIfDue()
        runPlansIfDue()
    }
}

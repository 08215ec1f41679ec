import CLMDB

extension Environment {
    /// How many trees the file has, whether ours or not, opened or not.
    package func treeCount() throws(KeyValueError) -> Int {
        try refuseAfterFork(.statistics)
        if interceptor != nil { try intercept(.statistics, key: RawSpan()) }
        var statistics = MDB_stat()
        let status = try shared.withHandle { handle throws(KeyValueError) in mdb_env_stat(handle, &statistics) }
        guard status == MDB_SUCCESS else {
            throw KeyValueError(status: status, operation: .statistics, subject: path)
        }
        return statistics.ms_entries
    }

    /// The number of the last committed write transaction, of any process. A file that was compacted counts anew.
    ///
    /// - Complexity: O(1), without a snapshot.
    package func lastTransaction() throws(KeyValueError) -> Int {
        try refuseAfterFork(.statistics)
        var information = MDB_envinfo()
        // It fails only without an environment or without room for the answer.
        _ = try shared.withHandle { handle throws(KeyValueError) in mdb_env_info(handle, &information) }
        return information.me_last_txnid
    }

    /// Whether this thread has a write transaction on the file, so that another one would wait for itself.
    package var isWrittenByThisThread: Bool {
        shared.writer.load(ordering: .relaxed) == currentThread()
    }
}

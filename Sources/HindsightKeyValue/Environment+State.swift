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

    /// Whether this thread has a write transaction on the file, so that another one would wait for itself.
    package var isWrittenByThisThread: Bool {
        shared.writer.load(ordering: .relaxed) == currentThread()
    }
}

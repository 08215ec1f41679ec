import CLMDB

/// How large a file is and how much of it is used.
package struct EnvironmentInformation: Sendable, Hashable {
    /// The most bytes that the file may grow to.
    package let mapByteCount: Int
    package let pageByteCount: Int
    /// Pages that the file has, free ones included.
    package let pageCount: Int
    /// Pages that later transactions will use again.
    package let freePageCount: Int
    /// The number of the last committed write transaction.
    package let lastTransaction: Int
    /// Places for readers that are or were taken, in all processes.
    package let readerCount: Int

    /// Bytes of pages in use.
    package var usedByteCount: Int {
        (pageCount - freePageCount) * pageByteCount
    }
}

extension Environment {
    /// How large the file is at present.
    ///
    /// - Complexity: O(free pages / 500).
    package func information() throws(KeyValueError) -> EnvironmentInformation {
        try refuseAfterFork(.statistics)
        let freePageCount = try countFreePages()
        var information = MDB_envinfo()
        var statistics = MDB_stat()
        try shared.withHandle { handle throws(KeyValueError) in
            // Both fail only without an environment or without room for the answer.
            mdb_env_info(handle, &information)
            mdb_env_stat(handle, &statistics)
        }
        return EnvironmentInformation(
            mapByteCount: information.me_mapsize, pageByteCount: Int(statistics.ms_psize),
            pageCount: information.me_last_pgno + 1, freePageCount: freePageCount,
            lastTransaction: information.me_last_txnid, readerCount: Int(information.me_numreaders))
    }

    /// LMDB keeps lists of free pages in a tree of its own, with handle 0: a count and the page numbers.
    private func countFreePages() throws(KeyValueError) -> Int {
        let cursor = try beginRead().openCursor(Tree(handle: 0))
        var count = 0
        while try cursor.next() {
            count += Int(cursor.value.load(at: 0) as UInt64)
        }
        return count
    }
}

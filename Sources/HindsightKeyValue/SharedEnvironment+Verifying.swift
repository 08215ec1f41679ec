import CLMDB

extension SharedEnvironment {
    /// How often a snapshot is taken anew because writers overtook it before its head could be read.
    private static let maximumAttempts = 100

    /// Checks the file before LMDB reads more of it than its head: every page if it has at most `byteCount` bytes, else
    /// the roots.
    ///
    /// Reads through the descriptor and holds a snapshot, so that it may run while others write.
    func verify(upTo byteCount: Int, operation: Operation) throws(KeyValueError) {
        let file = PageFile(descriptor: Self.descriptor(of: handle), path: path, operation: operation)
        for _ in 0..<Self.maximumAttempts {
            var begun: OpaquePointer?
            let status = mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &begun)
            guard status == MDB_SUCCESS, let transaction = begun else {
                throw KeyValueError(status: status, operation: operation, subject: path)
            }
            defer { mdb_txn_abort(transaction) }
            let number = UInt64(UInt(bitPattern: mdb_txn_id(transaction)))
            guard let meta = try file.metaPages().first(where: { $0.transaction == number }) else { continue }
            var verifier = try PageVerifier(file: file, meta: meta)
            if try file.byteCount() <= byteCount { try verifier.verifyAll() } else { try verifier.verifyRoots() }
            return
        }
        throw KeyValueError(
            code: .busy, operation: operation, message: "\"\(path)\" is written to too fast to be checked")
    }
}

extension Environment {
    /// Reads and checks every page in use of the present snapshot.
    ///
    /// - Throws: `.corrupted` or `.truncated`, naming the first page found damaged; `.notADatabase`.
    /// - Complexity: O(pages in use), each read once; a bit of memory for each.
    package func verifyPages() throws(KeyValueError) {
        try refuseAfterFork(.verify)
        try intercept(.verify, key: RawSpan())
        try shared.withHandle { _ throws(KeyValueError) in try shared.verify(upTo: .max, operation: .verify) }
    }
}

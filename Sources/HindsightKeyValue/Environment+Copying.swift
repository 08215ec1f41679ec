import CLMDB

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Environment {
    /// Writes the present snapshot to a new file at `path`, without its free pages, and makes it durable. Others may
    /// read and write meanwhile.
    ///
    /// - Throws: `.fileExists`, `.noSuchDirectory`, `.permissionDenied`, `.diskFull`, `.corrupted`. Nothing is left at
    ///   `path` then, unless it was there before.
    package func copyCompacted(to path: String) throws(KeyValueError) {
        try refuseAfterFork(.copy)
        try intercept(.copy, key: RawSpan())
        let descriptor = DatabaseFile.createNew(path: path)
        guard descriptor >= 0 else { throw Self.copyError(errno, path) }
        var status = try shared.withHandle { handle throws(KeyValueError) in
            mdb_env_copyfd2(handle, descriptor, UInt32(MDB_CP_COMPACT))
        }
        if status == MDB_SUCCESS, fsync(descriptor) != 0 { status = errno }
        close(descriptor)
        guard status == MDB_SUCCESS else {
            unlink(path)
            throw Self.copyError(status, path)
        }
        try DatabaseFile.syncDirectory(of: path, operation: .copy)
        interceptor?.didCall(.copy)
    }

    /// Gives the pages that nothing needs any more back to the file system. Does nothing for temporary files.
    ///
    /// - Throws: `.busy` if there is any transaction, in this process or another, or if the file is open elsewhere;
    ///   `.readOnly`, `.diskFull`, `.permissionDenied`, `.corrupted`. The file is as it was then.
    /// - Precondition: nobody relies on `Transaction.number`, which begins anew.
    package func compact() throws(KeyValueError) {
        try refuseAfterFork(.compact)
        try refuseWriting()
        try intercept(.compact, key: RawSpan())
        try EnvironmentRegistry.shared.compact(shared)
        interceptor?.didCall(.compact)
    }

    private static func copyError(_ status: Int32, _ path: String) -> KeyValueError {
        switch status {
        case EEXIST:
            KeyValueError(code: .fileExists, operation: .copy, status: status, message: "there is a file \"\(path)\"")
        case ENOENT:
            KeyValueError(
                code: .noSuchDirectory, operation: .copy, status: status,
                message: "there is no directory for \"\(path)\"")
        default:
            KeyValueError(status: status, operation: .copy, subject: "\"\(path)\"")
        }
    }
}

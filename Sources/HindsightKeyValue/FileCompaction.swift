import CLMDB

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// How a file gives free pages back. LMDB never makes a file smaller, so a compacted copy takes its place:
//
//   1. gate     nobody in this process uses the environment, and whoever comes waits
//   2. close    LMDB's environment; with it the process's lock on the lock file goes
//   3. lock     the lock file for writing, by which LMDB would notice others: nobody else has the file open, and whoever
//               opens it waits before he looks at it
//   4. copy     the pages in use to a new file beside, synced
//   5. rename   it over the old one, and sync the directory: a crash leaves either the old or the new file
//   6. open     it as before, with the same trees
//
// A crash before step 5 leaves the copy behind, which the next attempt removes.

/// One compaction, while nobody uses the environment.
struct FileCompaction {
    let environment: SharedEnvironment

    private var path: String { environment.path }
    private var copyPath: String { path + "-vacuum" }

    /// Leaves the environment open, or closed if it could not be opened again.
    func run() -> Result<Void, KeyValueError> {
        environment.close()
        let replaced = Result { () throws(KeyValueError) in try replaceFile() }
        do throws(KeyValueError) {
            try EnvironmentOpener(path: path, options: environment.options).reopen(environment)
        } catch {
            return .failure(error)
        }
        return replaced
    }

    private func replaceFile() throws(KeyValueError) {
        let lock = try lockOut()
        defer { close(lock) }
        unlink(copyPath)
        try copy()
        guard rename(copyPath, path) == 0 else {
            let reason = errno
            unlink(copyPath)
            throw error(reason)
        }
        try DatabaseFile.syncDirectory(of: path, operation: .compact)
    }

    /// Keeps other processes from opening the file.
    ///
    /// - Returns: the descriptor that holds the lock.
    private func lockOut() throws(KeyValueError) -> Int32 {
        let descriptor = open(path + "-lock", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw error(errno) }
        // LMDB's own: the first byte, shared by all processes that have the file open.
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 0
        lock.l_len = 1
        guard fcntl(descriptor, F_SETLK, &lock) == 0 else {
            close(descriptor)
            throw KeyValueError(
                code: .busy, operation: .compact, message: "another process has \"\(path)\" open")
        }
        return descriptor
    }

    private func copy() throws(KeyValueError) {
        var created: OpaquePointer?
        guard mdb_env_create(&created) == MDB_SUCCESS, let source = created else { throw error(ENOMEM) }
        defer { mdb_env_close(source) }
        var status = mdb_env_set_maxdbs(source, 1)
        if status == MDB_SUCCESS {
            status = mdb_env_open(source, path, UInt32(MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK), 0o600)
        }
        guard status == MDB_SUCCESS else { throw error(status) }
        let descriptor = DatabaseFile.createNew(path: copyPath)
        guard descriptor >= 0 else { throw error(errno) }
        status = mdb_env_copyfd2(source, descriptor, UInt32(MDB_CP_COMPACT))
        if status == MDB_SUCCESS, fsync(descriptor) != 0 { status = errno }
        close(descriptor)
        guard status == MDB_SUCCESS else {
            unlink(copyPath)
            throw error(status)
        }
    }

    private func error(_ status: Int32) -> KeyValueError {
        KeyValueError(status: status, operation: .compact, subject: "\"\(path)\"")
    }
}

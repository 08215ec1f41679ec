import CLMDB

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension SharedEnvironment {
    /// Less room than this, in bytes, counts as none.
    private static let leastRoom: UInt64 = 64 << 10

    /// The error of a commit that LMDB gave up.
    ///
    /// A disk that becomes full in the middle of a write makes the write short, which LMDB reports as an input/output
    /// error; so the room is looked at.
    func commitError(_ status: Int32) -> KeyValueError {
        guard status == EIO, !hasRoom else { return KeyValueError(status: status, operation: .commit, subject: path) }
        return KeyValueError(
            code: .diskFull, operation: .commit, status: ENOSPC, message: "there is no room for \"\(path)\" to grow")
    }

    /// Remembers a commit of which nobody knows how much reached the disk. Where LMDB gave up before it wrote, or found
    /// no room, nothing of the commit counts and the file can be written again.
    func noteFailedCommit(_ error: KeyValueError) {
        switch error.code {
        case .diskFull, .mapFull, .transactionFull, .outOfMemory, .transactionUnusable: break
        default: isFailed.store(true, ordering: .releasing)
        }
    }

    /// Whether the file could grow: the file system has room, and the process may write files that large.
    private var hasRoom: Bool {
        let descriptor = Self.descriptor(of: handle)
        var system = statvfs()
        if fstatvfs(descriptor, &system) == 0, UInt64(system.f_bavail) * UInt64(system.f_frsize) < Self.leastRoom {
            return false
        }
        var file = stat()
        guard fstat(descriptor, &file) == 0 else { return true }
        return UInt64(file.st_size) + Self.leastRoom <= Self.fileByteLimit
    }

    private static var fileByteLimit: UInt64 {
        var limit = rlimit()
        #if canImport(Glibc)
        let status = getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        #else
        let status = getrlimit(RLIMIT_FSIZE, &limit)
        #endif
        return status == 0 ? UInt64(limit.rlim_cur) : .max
    }
}

import CLMDB

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What went wrong in the file or with a call, with a code for programs and a message for people.
@usableFromInline
package struct KeyValueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Sorted by what the caller can do about it. A code once shipped keeps its meaning.
    package enum Code: String, Sendable, CaseIterable {
        // Give another path, or another file.
        case noSuchFile
        case noSuchDirectory
        case fileExists
        case notADatabase
        case newerFormat
        case truncated
        case corrupted
        case missingTree

        // Change who may do what.
        case permissionDenied
        case readOnly
        case incompatibleOptions

        // Make room, or wait.
        case diskFull
        case mapFull
        case readersFull
        case transactionFull
        case outOfMemory
        case busy

        // Give other bytes.
        case keyTooLong
        case badValueSize
        case notInOrder

        // The transaction or the environment is of no use any more.
        case transactionUnusable
        case previousFailure
        case usedAfterFork

        // The operating system says no.
        case inputOutput
        case system
    }

    package let code: Code
    /// The step that failed.
    package let operation: Operation
    /// LMDB's status (negative) or the system's `errno` (positive); 0 where this layer found the fault itself.
    package let status: Int32
    /// Lower case, without a full stop; names what was found.
    package let message: String

    package init(code: Code, operation: Operation, status: Int32 = 0, message: String) {
        self.code = code
        self.operation = operation
        self.status = status
        self.message = message
    }

    /// The message with the step that failed.
    @usableFromInline package var description: String {
        "\(operation.rawValue): \(message)"
    }
}

extension KeyValueError {
    /// The error that stands for a status code of LMDB or of the system.
    ///
    /// - Parameter subject: what the step was about, put before LMDB's own words; usually the file's path.
    @usableFromInline
    @inline(never)
    package init(status: Int32, operation: Operation, subject: String? = nil) {
        let words = String(cString: mdb_strerror(status))
        self.init(
            code: Code(status: status), operation: operation, status: status,
            message: subject.map { "\($0): \(words)" } ?? words)
    }
}

extension KeyValueError.Code {
    /// The one table from status codes to ours.
    init(status: Int32) {
        switch status {
        case MDB_INVALID: self = .notADatabase
        case MDB_VERSION_MISMATCH: self = .newerFormat
        case MDB_PANIC: self = .previousFailure
        case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_INCOMPATIBLE, MDB_CURSOR_FULL, MDB_PAGE_FULL:
            self = .corrupted
        case MDB_MAP_FULL, MDB_MAP_RESIZED: self = .mapFull
        case MDB_READERS_FULL, MDB_TLS_FULL, MDB_BAD_RSLOT: self = .readersFull
        case MDB_TXN_FULL: self = .transactionFull
        case MDB_BAD_TXN: self = .transactionUnusable
        case MDB_BAD_VALSIZE: self = .badValueSize
        case MDB_KEYEXIST: self = .notInOrder
        case MDB_NOTFOUND, MDB_BAD_DBI, MDB_DBS_FULL: self = .missingTree
        case ENOENT, ENOTDIR: self = .noSuchFile
        case EEXIST: self = .fileExists
        case EACCES, EPERM: self = .permissionDenied
        case EROFS: self = .readOnly
        case ENOSPC, EDQUOT, EFBIG: self = .diskFull
        case ENOMEM: self = .outOfMemory
        case EBUSY, EAGAIN, ETXTBSY: self = .busy
        case EIO: self = .inputOutput
        default: self = .system
        }
    }
}

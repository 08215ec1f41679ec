#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Which file it is, whatever its names.
struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64

    init(_ status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
    }

    /// `nil` if the descriptor is not open.
    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }
}

/// What can be known of a file before LMDB touches it.
struct DatabaseFile {
    /// `nil` if there is no file yet.
    let identity: FileIdentity?
    /// Whether there is something in it, so that it must be a database.
    let hasContent: Bool

    /// Looks at the file at `path` without changing anything.
    ///
    /// - Throws: `.noSuchFile`, `.noSuchDirectory`, `.notADatabase`, `.permissionDenied`.
    static func inspect(path: String, isReadOnly: Bool) throws(KeyValueError) -> DatabaseFile {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let reason = errno
            guard reason == ENOENT || reason == ENOTDIR else {
                throw KeyValueError(status: reason, operation: .open, subject: "\"\(path)\"")
            }
            try refuseAbsent(path: path, isReadOnly: isReadOnly)
            return DatabaseFile(identity: nil, hasContent: false)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw KeyValueError(
                code: .notADatabase, operation: .open, message: "\"\(path)\" is not a regular file")
        }
        guard !isReadOnly || status.st_size > 0 else {
            throw KeyValueError(code: .notADatabase, operation: .open, message: "\"\(path)\" is empty")
        }
        return DatabaseFile(identity: FileIdentity(status), hasContent: status.st_size > 0)
    }

    /// Looks at the heads of the file, which LMDB believes.
    ///
    /// - Throws: `.notADatabase`, `.newerFormat`, `.truncated`, `.corrupted`, `.permissionDenied`.
    static func verifyHeads(path: String) throws(KeyValueError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw KeyValueError(status: errno, operation: .open, subject: "\"\(path)\"") }
        defer { close(descriptor) }
        _ = try PageFile(descriptor: descriptor, path: path, operation: .open).metaPages()
    }

    /// There is no file: that is an error if it cannot be created.
    private static func refuseAbsent(path: String, isReadOnly: Bool) throws(KeyValueError) {
        var status = stat()
        let directory = self.directory(of: path)
        guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw KeyValueError(
                code: .noSuchDirectory, operation: .open, status: ENOENT,
                message: "there is no directory \"\(directory)\"")
        }
        guard !isReadOnly, !path.isEmpty else {
            throw KeyValueError(
                code: .noSuchFile, operation: .open, status: ENOENT, message: "there is no file \"\(path)\"")
        }
    }

    /// Creates a file where there is none.
    ///
    /// - Returns: its descriptor for writing, or -1 with the reason in `errno`.
    static func createNew(path: String) -> Int32 {
        open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    }

    /// Makes the entry of a file just created durable, which syncing the file does not.
    static func syncDirectory(of path: String, operation: Operation) throws(KeyValueError) {
        let directory = directory(of: path)
        let descriptor = open(directory, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard descriptor >= 0 else { throw KeyValueError(status: errno, operation: operation, subject: directory) }
        defer { close(descriptor) }
        // EINVAL: a file system that cannot, and so need not, sync directories.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw KeyValueError(status: errno, operation: operation, subject: directory)
        }
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Creates an empty file with a new name in the temporary directory.
    ///
    /// - Returns: its path.
    static func createTemporary() throws(KeyValueError) -> String {
        let (descriptor, path) = try openTemporary(in: temporaryDirectory, operation: .open)
        close(descriptor)
        return path
    }

    /// Where temporary files go: `TMPDIR`, or `/tmp`.
    static var temporaryDirectory: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

    /// Creates a file with a new name that its owner alone may read and write.
    ///
    /// - Returns: its descriptor, to be closed by the caller, and its path.
    static func openTemporary(
        in directory: String, operation: Operation
    ) throws(KeyValueError) -> (descriptor: Int32, path: String) {
        var template = Array("\(directory)/hindsight-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw KeyValueError(status: errno, operation: operation, subject: "a temporary file in \"\(directory)\"")
        }
        // No program that this one starts is to have the file.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let path = template.withUnsafeBufferPointer { characters in
            // A template of mkstemp ends in a NUL.
            characters.baseAddress.map { String(cString: $0) } ?? ""
        }
        return (descriptor, path)
    }
}

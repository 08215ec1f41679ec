#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Folders and names, as far as exports and imports need them.
package enum FileTree {
    /// What stands at a path.
    package enum Kind: Sendable {
        case file
        case folder
        case other
    }

    /// What stands at `path`, behind links; nil if there is nothing.
    package static func kind(of path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// How many bytes the file has; 0 if there is none.
    package static func byteCount(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// The names in a folder in the order of their bytes, without those that begin with a dot.
    ///
    /// - Throws: `.noSuchFile`, `.permissionDenied`.
    package static func names(in path: String) throws(KeyValueError) -> [String] {
        guard let names = entries(of: path) else { throw error(errno, .readFile, path) }
        return names.filter { !$0.hasPrefix(".") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Makes one folder, for the user alone.
    ///
    /// - Throws: `.fileExists`, `.noSuchFile`, `.permissionDenied`, `.diskFull`.
    package static func makeFolder(_ path: String) throws(KeyValueError) {
        guard mkdir(path, 0o700) == 0 else { throw error(errno, .writeFile, path) }
    }

    /// Gives what stands at one path another name, where nothing may stand yet, durably.
    ///
    /// - Throws: `.fileExists`.
    package static func move(_ path: String, to target: String) throws(KeyValueError) {
        guard kind(of: target) == nil else { throw error(EEXIST, .writeFile, target) }
        guard rename(path, target) == 0 else { throw error(errno, .writeFile, target) }
        try DatabaseFile.syncDirectory(of: target, operation: .writeFile)
    }

    /// Removes what stands at `path` with all that is in it; what cannot be removed stays.
    package static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            unlink(path)
            return
        }
        for name in entries(of: path) ?? [] { remove(path + "/" + name) }
        rmdir(path)
    }

    /// All names but `.` and `..`; nil, with the reason in `errno`, if there is no such folder.
    private static func entries(of path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private static func error(_ status: Int32, _ operation: Operation, _ path: String) -> KeyValueError {
        KeyValueError(status: status, operation: operation, subject: "\"\(path)\"")
    }
}

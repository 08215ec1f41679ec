import CEditLine

/// The file system as far as the shell needs it: whole files, appending under a lock, names in a directory.
package enum FileSystem {
    /// The file's bytes.
    /// - Throws: `SystemError` if it cannot be opened or read.
    package static func contents(of path: String) throws(SystemError) -> [UInt8] {
        let file = try OpenFile(path, purpose: .reading, attempt: "cannot read '\(path)'")
        return try file.remainingBytes()
    }

    /// Replaces the file's text, or makes the file.
    package static func write(_ text: String, to path: String) throws(SystemError) {
        let file = try OpenFile(path, purpose: .appending, attempt: "cannot write '\(path)'")
        try file.truncate(to: 0)
        try file.write(Array(text.utf8))
    }

    /// Whether anything is at `path`.
    package static func exists(_ path: String) -> Bool {
        SystemCalls.kind(of: path) != pq_kind_none
    }

    package static func isDirectory(_ path: String) -> Bool {
        SystemCalls.kind(of: path) == pq_kind_directory
    }

    /// The names in a directory, sorted, without `.` and `..`; none if it cannot be read.
    package static func names(in directory: String) -> [String] {
        SystemCalls.names(in: directory).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            .filter { $0 != "." && $0 != ".." }.sorted()
    }

    /// Makes the directory and those above it, readable by the user alone.
    package static func makeDirectories(_ path: String) throws(SystemError) {
        guard !isDirectory(path) else { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeDirectories(String(path[..<slash]))
        }
        let status = SystemCalls.makeDirectory(path)
        if isDirectory(path) { return }
        try SystemError.check(status, "cannot make the directory '\(path)'")
    }
}

/// An open descriptor, closed with the value.
struct OpenFile: ~Copyable {
    private let descriptor: Int32
    private let attempt: String

    enum Purpose {
        case reading
        /// Makes the file if there is none, for the user alone.
        case appending
        case updating

        fileprivate var code: Int {
            switch self {
            case .reading: pq_open_reading
            case .appending: pq_open_appending
            case .updating: pq_open_updating
            }
        }
    }

    init(_ path: String, purpose: Purpose, attempt: String) throws(SystemError) {
        let status = SystemCalls.open(path, purpose.code)
        self.descriptor = Int32(try SystemError.check(status, attempt))
        self.attempt = attempt
    }

    deinit {
        pq_close(descriptor)
    }

    /// Waits for the file's lock, which ends with this value. A file system without locks goes on without.
    func lock() {
        _ = pq_lock(descriptor)
    }

    func remainingBytes() throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let chunk = try InputDescriptor(number: descriptor).read(attempt) {
            bytes += chunk
        }
        return bytes
    }

    func write(_ bytes: [UInt8]) throws(SystemError) {
        try OutputDescriptor(number: descriptor).write(bytes, attempt)
    }

    func truncate(to size: Int) throws(SystemError) {
        try SystemError.check(pq_truncate(descriptor, Int64(size)), attempt)
    }

    func size() throws(SystemError) -> Int {
        try SystemError.check(pq_size(descriptor), attempt)
    }

    func rewind() throws(SystemError) {
        try SystemError.check(pq_rewind(descriptor), attempt)
    }
}

/// A descriptor that is read in chunks; not owned.
struct InputDescriptor {
    static let standardInput = InputDescriptor(number: 0)
    let number: Int32

    /// Whether a read would not wait.
    var hasMore: Bool { pq_has_input(number) != 0 }

    /// What has arrived, at most 64 KiB; nil at the end.
    func read(_ attempt: @autoclosure () -> String) throws(SystemError) -> [UInt8]? {
        let (status, chunk) = SystemCalls.read(number, atMost: 1 << 16)
        try SystemError.check(status, attempt())
        return chunk.isEmpty ? nil : chunk
    }
}

/// A descriptor that is written whole; not owned.
struct OutputDescriptor {
    static let standardOutput = OutputDescriptor(number: 1)
    static let standardError = OutputDescriptor(number: 2)
    let number: Int32

    func write(_ bytes: [UInt8], _ attempt: @autoclosure () -> String) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let status = SystemCalls.write(number, bytes[written...])
            written += try SystemError.check(status, attempt())
        }
    }
}

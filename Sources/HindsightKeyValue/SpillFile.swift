#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A temporary file for what does not fit into memory: bytes are appended and read back by their place.
///
/// The file has no name from the moment it is made, so that nothing is left of it when the process ends, however it does.
/// It belongs to one thread at a time.
package final class SpillFile {
    private let descriptor: Int32
    private let directory: String
    private let interceptor: (any CallInterceptor)?
    /// How many bytes were appended so far.
    package private(set) var byteCount = 0

    /// Makes an empty file.
    ///
    /// - Parameter directory: where; nil for the system's temporary directory.
    /// - Throws: `.noSuchFile`, `.permissionDenied`, `.diskFull`, `.system` if too many files are open.
    package init(directory: String? = nil, interceptor: (any CallInterceptor)? = nil) throws(KeyValueError) {
        let directory = directory ?? DatabaseFile.temporaryDirectory
        try interceptor?.willCall(.openSpill, tree: nil, key: RawSpan())
        let (descriptor, path) = try DatabaseFile.openTemporary(in: directory, operation: .openSpill)
        unlink(path)
        self.descriptor = descriptor
        self.directory = directory
        self.interceptor = interceptor
    }

    deinit {
        close(descriptor)
    }

    /// Appends a copy of the bytes.
    ///
    /// - Returns: where they stand in the file.
    /// - Throws: `.diskFull`, `.inputOutput`. The file then ends where it ended before.
    package func append(_ bytes: borrowing RawSpan) throws(KeyValueError) -> Range<Int> {
        try interceptor?.willCall(.writeSpill, tree: nil, key: RawSpan())
        var written = 0
        while written < bytes.byteCount {
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                return pwrite(descriptor, rest.baseAddress, rest.count, off_t(byteCount + written))
            }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw failure(.writeSpill)
            }
        }
        defer { byteCount += written }
        return byteCount..<byteCount + written
    }

    /// The bytes at a place that `append` gave.
    ///
    /// - Throws: `.inputOutput`; `.truncated` if the file has become shorter.
    package func read(_ range: Range<Int>) throws(KeyValueError) -> [UInt8] {
        try interceptor?.willCall(.readSpill, tree: nil, key: RawSpan())
        let file = PageFile(descriptor: descriptor, path: directory, operation: .readSpill)
        let bytes = try file.read(range.count, at: range.lowerBound)
        guard bytes.count == range.count else {
            throw file.error(.truncated, "a temporary file in \"\(directory)\" has become shorter")
        }
        return bytes
    }

    private func failure(_ operation: Operation) -> KeyValueError {
        KeyValueError(status: errno, operation: operation, subject: "a temporary file in \"\(directory)\"")
    }
}

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Files that data is exported to and imported from: read and written front to back.

/// A file that is being written. It is made where there is none, readable by the user alone.
package final class FileWriter {
    private let descriptor: Int32
    private let path: String
    private var isOpen = true

    /// - Throws: `.fileExists`, `.noSuchFile`, `.permissionDenied`, `.diskFull`.
    package init(creating path: String) throws(KeyValueError) {
        descriptor = DatabaseFile.createNew(path: path)
        self.path = path
        guard descriptor >= 0 else { throw KeyValueError(status: errno, operation: .writeFile, subject: "\"\(path)\"") }
    }

    deinit {
        if isOpen, descriptor >= 0 { Self.closeDescriptor(descriptor) }
    }

    /// - Throws: `.diskFull`, `.inputOutput`.
    package func write(_ bytes: [UInt8]) throws(KeyValueError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                return Self.writeBytes(descriptor, rest)
            }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw KeyValueError(status: errno, operation: .writeFile, subject: "\"\(path)\"")
            }
        }
    }

    /// Makes the bytes durable and closes the file.
    package func close() throws(KeyValueError) {
        guard isOpen else { return }
        isOpen = false
        let status = fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno
        let closed = Self.closeDescriptor(descriptor) == 0 ? 0 : errno
        guard status == 0, closed == 0 else {
            throw KeyValueError(
                status: status == 0 ? closed : status, operation: .writeFile, subject: "\"\(path)\"")
        }
    }

    private static func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        // The name of the method would hide the function.
        #if canImport(Glibc)
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    @discardableResult
    private static func closeDescriptor(_ descriptor: Int32) -> Int32 {
        #if canImport(Glibc)
        Glibc.close(descriptor)
        #else
        Darwin.close(descriptor)
        #endif
    }
}

/// A file that is being read.
package final class FileReader {
    private let descriptor: Int32
    private let path: String

    /// - Throws: `.noSuchFile`, `.permissionDenied`.
    package init(path: String) throws(KeyValueError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else { throw KeyValueError(status: errno, operation: .readFile, subject: "\"\(path)\"") }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The next bytes, at most 64 KiB; empty at the end.
    package func next() throws(KeyValueError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            var got = read(descriptor, buffer.baseAddress, buffer.count)
            while got < 0, errno == EINTR { got = read(descriptor, buffer.baseAddress, buffer.count) }
            if got < 0 { failure = errno }
            count = max(0, got)
        }
        guard failure == 0 else { throw KeyValueError(status: failure, operation: .readFile, subject: "\"\(path)\"") }
        return bytes
    }

    private static let pieceSize = 1 << 16
}

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads a database file page by page through a descriptor: unlike through the memory map, what is not there is an
/// error and not a signal.
struct PageFile {
    let descriptor: Int32
    let path: String
    let operation: Operation

    /// How many bytes the file has at present.
    func byteCount() throws(KeyValueError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw systemError() }
        return Int(status.st_size)
    }

    /// Up to `count` bytes from `offset`; fewer only at the file's end.
    func read(_ count: Int, at offset: Int) throws(KeyValueError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            while initializedCount < count {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[initializedCount...])
                let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + initializedCount))
                if got == 0 { return }
                if got > 0 {
                    initializedCount += got
                } else if errno != EINTR {
                    failure = errno
                    return
                }
            }
        }
        guard failure == 0 else { throw KeyValueError(status: failure, operation: operation, subject: "\"\(path)\"") }
        return bytes
    }

    /// The two heads of the file. The second stands where the first says that the second page begins.
    ///
    /// - Throws: `.notADatabase`, `.newerFormat`, `.truncated`, `.corrupted`.
    func metaPages() throws(KeyValueError) -> [MetaPage] {
        let first = try metaPage(at: 0)
        let second = try metaPage(at: first.pageByteCount)
        guard second.pageByteCount == first.pageByteCount else {
            throw error(.corrupted, "the two heads of \"\(path)\" differ in the size of pages")
        }
        return [first, second]
    }

    private func metaPage(at offset: Int) throws(KeyValueError) -> MetaPage {
        let bytes = try read(PageLimit.metaByteCount, at: offset)
        let isSecond = offset > 0
        guard bytes.count == PageLimit.metaByteCount else {
            guard isSecond else { throw notADatabase() }
            throw error(.truncated, "\"\(path)\" ends before its second head")
        }
        let meta = MetaPage(bytes.span.bytes)
        guard meta.isMeta, meta.magic == PageLimit.magic else {
            guard isSecond else { throw notADatabase() }
            throw error(.corrupted, "the second head of \"\(path)\" is damaged")
        }
        guard meta.version <= PageLimit.version else {
            throw error(
                .newerFormat, "\"\(path)\" has version \(meta.version) of the file's format, not \(PageLimit.version)")
        }
        guard meta.version == PageLimit.version, meta.isPossible else {
            throw error(.corrupted, "the head of \"\(path)\" is damaged")
        }
        return meta
    }

    func error(_ code: KeyValueError.Code, _ message: String) -> KeyValueError {
        KeyValueError(code: code, operation: operation, message: message)
    }

    private func notADatabase() -> KeyValueError {
        error(.notADatabase, "\"\(path)\" is not a database")
    }

    private func systemError() -> KeyValueError {
        KeyValueError(status: errno, operation: operation, subject: "\"\(path)\"")
    }
}

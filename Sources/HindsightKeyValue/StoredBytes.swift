import CLMDB

// Between Swift's spans and LMDB's (size, pointer) pairs.

extension RawSpan {
    /// The bytes that LMDB points to. The caller ties the span's lifetime to what keeps them in place.
    @inlinable
    @_lifetime(immortal)
    init(viewing stored: MDB_val) {
        let span = RawSpan(_unsafeStart: stored.mv_data ?? Self.somewhere, byteCount: stored.mv_size)
        self = _overrideLifetime(span, copying: ())
    }

    /// A non-null address for spans of no bytes.
    @inlinable
    static var somewhere: UnsafeMutableRawPointer {
        // Nothing is read there: it is used with size 0 only.
        UnsafeMutableRawPointer(bitPattern: 16).unsafelyUnwrapped
    }

    /// Calls `body` with the span as LMDB takes it. LMDB does not write through the pointer, though it is not `const`.
    @inlinable
    func withStoredBytes<Result>(_ body: (inout MDB_val) -> Result) -> Result {
        withUnsafeBytes { bytes in
            var stored = MDB_val(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            return body(&stored)
        }
    }
}

extension MDB_val {
    /// Lets `write` fill memory that LMDB has reserved in a page of the current write transaction.
    @inlinable
    func fill(by write: (inout OutputRawSpan) -> Void) {
        let buffer = UnsafeMutableRawBufferPointer(start: mv_data, count: mv_size)
        var output = OutputRawSpan(buffer: buffer, initializedCount: 0)
        write(&output)
        let written = output.finalize(for: buffer)
        precondition(written == mv_size, "a reserved value is filled to its end")
    }
}

// Words of eight bytes that may reach beyond the end, for code that compares and decodes short pieces at once.

extension RawSpan {
    /// The eight bytes from `offset` on, the first one most significant; zeros stand for those behind the end.
    ///
    /// - Precondition: `offset` is not below zero.
    @inlinable
    @inline(__always)
    package func bigEndianWord(at offset: Int) -> UInt64 {
        // Written so that no sum can overflow; for spans of less than eight bytes the second side is below zero.
        if offset >= 0, offset <= byteCount &- 8 {
            return UInt64(bigEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
        }
        return wordNearEnd(at: offset).byteSwapped
    }

    /// The eight bytes from `offset` on, the first one least significant; zeros stand for those behind the end.
    ///
    /// - Precondition: `offset` is not below zero.
    @inlinable
    @inline(__always)
    package func littleEndianWord(at offset: Int) -> UInt64 {
        if offset >= 0, offset <= byteCount &- 8 {
            return UInt64(littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
        }
        return wordNearEnd(at: offset)
    }

    /// The little-endian word, byte by byte.
    @inline(never)
    @usableFromInline
    func wordNearEnd(at offset: Int) -> UInt64 {
        precondition(offset >= 0, "the word does not start before the span")
        var word: UInt64 = 0
        var shift: UInt64 = 0
        var position = offset
        while position < byteCount, shift < 64 {
            word |= UInt64(byte(at: position)) << shift
            position += 1
            shift += 8
        }
        return word
    }
}

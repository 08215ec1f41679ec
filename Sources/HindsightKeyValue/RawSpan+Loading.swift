// Numbers and pieces out of bytes. All are checked against the span's end.

extension RawSpan {
    /// - Precondition: `offset` is inside the span.
    @inlinable
    package func byte(at offset: Int) -> UInt8 {
        precondition(offset >= 0 && offset < byteCount, "the byte lies in the span")
        return unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
    }

    /// An integer whose first byte is the least significant, not necessarily aligned.
    ///
    /// - Precondition: the integer lies in the span.
    @inlinable
    package func loadLittleEndian<Integer: FixedWidthInteger & BitwiseCopyable>(
        _: Integer.Type, at offset: Int
    ) -> Integer {
        Integer(littleEndian: load(at: offset))
    }

    /// An integer whose first byte is the most significant, so that `memcmp` orders unsigned ones, not necessarily
    /// aligned.
    ///
    /// - Precondition: the integer lies in the span.
    @inlinable
    package func loadBigEndian<Integer: FixedWidthInteger & BitwiseCopyable>(
        _: Integer.Type, at offset: Int
    ) -> Integer {
        Integer(bigEndian: load(at: offset))
    }

    /// Whether `count` bytes from `offset` lie in the span, for any integers whatever: the question to put to bytes of
    /// unknown origin before loading.
    @inlinable
    package func contains(_ count: Int, at offset: Int) -> Bool {
        offset >= 0 && count >= 0 && offset <= byteCount && count <= byteCount - offset
    }

    /// A copy of the bytes in `range`.
    ///
    /// - Precondition: the range lies in the span.
    @inlinable
    package func array(in range: Range<Int>) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "the range lies in the span")
        return withUnsafeBytes { Array($0[range]) }
    }

    /// A copy of all bytes.
    @inlinable
    package var array: [UInt8] {
        array(in: 0..<byteCount)
    }

    @inlinable
    func load<Integer: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> Integer {
        precondition(contains(MemoryLayout<Integer>.size, at: offset), "the integer lies in the span")
        return unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Integer.self)
    }
}

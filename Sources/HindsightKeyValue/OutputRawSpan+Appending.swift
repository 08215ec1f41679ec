// Writing into the room that `Transaction.put(_:_:byteCount:flags:filledBy:)` hands out.

extension OutputRawSpan {
    /// Appends a copy of the bytes.
    ///
    /// - Precondition: there is room for them.
    @inlinable
    @_lifetime(self: copy self)
    package mutating func append(bytes: borrowing RawSpan) {
        let count = bytes.byteCount
        precondition(count <= freeCapacity, "there is room for the bytes")
        bytes.withUnsafeBytes { source in
            withUnsafeMutableBytes { buffer, initializedCount in
                UnsafeMutableRawBufferPointer(rebasing: buffer[initializedCount...]).copyMemory(from: source)
                initializedCount += count
            }
        }
    }

    /// Appends an integer, least significant byte first.
    @inlinable
    @_lifetime(self: copy self)
    package mutating func append<Integer: FixedWidthInteger & BitwiseCopyable>(littleEndian integer: Integer) {
        append(integer.littleEndian, as: Integer.self)
    }

    /// Appends an integer, most significant byte first.
    @inlinable
    @_lifetime(self: copy self)
    package mutating func append<Integer: FixedWidthInteger & BitwiseCopyable>(bigEndian integer: Integer) {
        append(integer.bigEndian, as: Integer.self)
    }
}

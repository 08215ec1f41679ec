#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Arrays of bytes: seen as spans, and moved as encoders need it.

extension [UInt8] {
    /// The bytes in place.
    @inlinable
    package var rawSpan: RawSpan {
        @_lifetime(borrow self) get { span.bytes }
    }

    /// Appends a copy of the bytes.
    @inlinable
    package mutating func append(_ bytes: borrowing RawSpan) {
        bytes.withUnsafeBytes { append(contentsOf: $0) }
    }

    /// Moves all bytes from `offset` on up by `count`. What the bytes in between are is not said.
    ///
    /// - Precondition: `offset` is in `0...self.count`, `count` is not below zero.
    /// - Complexity: O(n) for the n bytes moved, as one block.
    package mutating func openGap(of count: Int, at offset: Int) {
        let moved = self.count - offset
        precondition(offset >= 0 && moved >= 0 && count >= 0, "the gap lies in the array")
        append(contentsOf: repeatElement(0, count: count))
        withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress, moved > 0 else { return }
            _ = memmove(start + offset + count, start + offset, moved)
        }
    }

    /// Overwrites bytes by an integer, least significant byte first.
    ///
    /// - Precondition: the integer lies in the array.
    @inlinable
    package mutating func store<Integer: FixedWidthInteger & BitwiseCopyable>(
        littleEndian integer: Integer, at offset: Int
    ) {
        precondition(
            offset >= 0 && offset <= count - MemoryLayout<Integer>.size, "the integer lies in the array")
        withUnsafeMutableBytes { $0.storeBytes(of: integer.littleEndian, toByteOffset: offset, as: Integer.self) }
    }
}

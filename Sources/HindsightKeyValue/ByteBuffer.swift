#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Bytes that grow at their end, for encoders: an array of bytes without counted references, so that appending is a
/// check and a store. Emptied, it keeps its memory.
///
/// Sendable, as it owns its memory alone and every change needs exclusive access to it.
package struct ByteBuffer: ~Copyable, @unchecked Sendable {
    @usableFromInline var start: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    @usableFromInline var filled = 0

    package init(minimumCapacity: Int = 512) {
        capacity = Swift.max(minimumCapacity, 16)
        start = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        start.deallocate()
    }

    @inlinable
    package var count: Int { filled }

    /// The bytes in place.
    @inlinable
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            let span = RawSpan(_unsafeStart: start, byteCount: filled)
            return _overrideLifetime(span, borrowing: self)
        }
    }

    /// - Precondition: `offset` is in `0..<count`.
    @inlinable
    package subscript(offset: Int) -> UInt8 {
        get {
            precondition(offset >= 0 && offset < filled, "the byte lies in the buffer")
            return start.load(fromByteOffset: offset, as: UInt8.self)
        }
        set {
            precondition(offset >= 0 && offset < filled, "the byte lies in the buffer")
            start.storeBytes(of: newValue, toByteOffset: offset, as: UInt8.self)
        }
    }

    /// Overwrites bytes by an integer, least significant byte first.
    ///
    /// - Precondition: the integer lies in the buffer.
    @inlinable
    package mutating func store<Integer: FixedWidthInteger & BitwiseCopyable>(
        littleEndian integer: Integer, at offset: Int
    ) {
        precondition(
            offset >= 0 && offset <= filled - MemoryLayout<Integer>.size, "the integer lies in the buffer")
        start.storeBytes(of: integer.littleEndian, toByteOffset: offset, as: Integer.self)
    }

    // MARK: Growing

    @inlinable
    package mutating func append(_ byte: UInt8) {
        reserve(1)
        start.storeBytes(of: byte, toByteOffset: filled, as: UInt8.self)
        filled += 1
    }

    /// Appends the `count` lowest bytes of `word`, the lowest first.
    ///
    /// - Precondition: `count` is in `0...8`.
    @inlinable
    package mutating func append(lowBytesOf word: UInt64, count: Int) {
        precondition(count >= 0 && count <= 8, "a word has eight bytes")
        reserve(8)
        start.storeBytes(of: word.littleEndian, toByteOffset: filled, as: UInt64.self)
        filled += count
    }

    /// Appends a copy of the bytes.
    @inlinable
    package mutating func append(_ bytes: borrowing RawSpan) {
        let count = bytes.byteCount
        reserve(count)
        bytes.withUnsafeBytes { source in
            guard let address = source.baseAddress else { return }
            (start + filled).copyMemory(from: address, byteCount: count)
        }
        filled += count
    }

    /// Moves all bytes from `offset` on up by `count`. What the bytes in between are is not said.
    ///
    /// - Precondition: `offset` is in `0...self.count`, `count` is not below zero.
    /// - Complexity: O(n) for the n bytes moved, as one block.
    @inlinable
    package mutating func openGap(of count: Int, at offset: Int) {
        precondition(offset >= 0 && offset <= filled && count >= 0, "the gap lies in the buffer")
        reserve(count)
        // The bytes of a gap at the end were not written before, and may be read.
        (start + filled).initializeMemory(as: UInt8.self, repeating: 0, count: count)
        memmove(start + offset + count, start + offset, filled - offset)
        filled += count
    }

    /// Forgets the bytes from `offset` on, and keeps their memory.
    ///
    /// - Precondition: `offset` is in `0...count`.
    @inlinable
    package mutating func removeAll(from offset: Int = 0) {
        precondition(offset >= 0 && offset <= filled, "the end lies in the buffer")
        filled = offset
    }

    /// Makes room for `count` more bytes.
    @inlinable
    @inline(__always)
    mutating func reserve(_ count: Int) {
        if count > capacity &- filled { grow(by: count) }
    }

    @inline(never)
    @usableFromInline
    mutating func grow(by count: Int) {
        let grown = Swift.max(capacity * 2, filled + count)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: grown, alignment: 16)
        moved.copyMemory(from: start, byteCount: filled)
        start.deallocate()
        start = moved
        capacity = grown
    }
}

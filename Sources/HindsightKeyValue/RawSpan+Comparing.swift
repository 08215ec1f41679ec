#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Bytes against bytes, in the order of keys: byte by byte, unsigned, a prefix before what it begins.

extension RawSpan {
    /// Less than, equal to, or greater than 0, as this span stands before, with, or after the other.
    @inlinable
    package func compare(_ other: borrowing RawSpan) -> Int {
        let common = Swift.min(byteCount, other.byteCount)
        let difference = compareMemory(other, count: common)
        return difference != 0 ? difference : byteCount - other.byteCount
    }

    @inlinable
    package func isEqual(to other: borrowing RawSpan) -> Bool {
        byteCount == other.byteCount && compareMemory(other, count: byteCount) == 0
    }

    @inlinable
    package func hasPrefix(_ prefix: borrowing RawSpan) -> Bool {
        prefix.byteCount <= byteCount && compareMemory(prefix, count: prefix.byteCount) == 0
    }

    /// How many bytes at the beginning are the same.
    @inlinable
    package func commonPrefixCount(with other: borrowing RawSpan) -> Int {
        let limit = Swift.min(byteCount, other.byteCount)
        var count = 0
        while count + 8 <= limit {
            let difference =
                loadLittleEndian(UInt64.self, at: count) ^ other.loadLittleEndian(UInt64.self, at: count)
            if difference != 0 { return count + difference.trailingZeroBitCount / 8 }
            count += 8
        }
        while count < limit, byte(at: count) == other.byte(at: count) { count += 1 }
        return count
    }

    /// `memcmp` of the first bytes of both, which must be there.
    @inlinable
    func compareMemory(_ other: borrowing RawSpan, count: Int) -> Int {
        withUnsafeBytes { left in
            other.withUnsafeBytes { right in
                // The addresses of empty spans may be nil, which memcmp does not take.
                guard count > 0, let left = left.baseAddress, let right = right.baseAddress else { return 0 }
                return Int(memcmp(left, right, count))
            }
        }
    }
}

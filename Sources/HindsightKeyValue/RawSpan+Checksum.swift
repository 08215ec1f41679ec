import CLMDB

extension RawSpan {
    /// CRC-32C (Castagnoli; RFC 3720, appendix B.4) of the bytes: the checksum of stored documents.
    ///
    /// By the processor's instruction where there is one (about 8 bytes in 3 cycles), else by a table.
    @inlinable
    package var checksum32: UInt32 {
        checksum32(after: 0)
    }

    /// The checksum of other bytes, of which only their checksum is known, with these behind them.
    @inlinable
    package func checksum32(after checksum: UInt32) -> UInt32 {
        withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return checksum }
            guard CRC32C.isInHardware else { return CRC32C.compute(bytes, after: checksum) }
            return ~hindsight_crc32c(~checksum, start, bytes.count)
        }
    }

    /// The same by the table, so that it is tested where it is not used.
    package var checksum32InSoftware: UInt32 {
        withUnsafeBytes { CRC32C.compute($0, after: 0) }
    }
}

/// The checksum in software, and the question whether it is needed.
@usableFromInline
enum CRC32C {
    @usableFromInline static let isInHardware = hindsight_has_crc32c() != 0

    /// For each byte, what it does to the remainder, with the polynomial 0x1EDC6F41 reflected.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { remainder, _ in
            remainder & 1 == 0 ? remainder >> 1 : remainder >> 1 ^ 0x82F6_3B78
        }
    }

    @usableFromInline
    static func compute(_ bytes: UnsafeRawBufferPointer, after checksum: UInt32) -> UInt32 {
        var remainder = ~checksum
        for byte in bytes {
            remainder = remainder >> 8 ^ table[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)]
        }
        return ~remainder
    }
}

import CZlib

/// Unpacks a gzip file (RFC 1952), one or several members behind one another, piece by piece: however much a few bytes
/// unpack to, no more than a piece of it is in memory.
package final class Inflater {
    private let stream: UnsafeMutablePointer<z_stream>
    private var input: [UInt8] = []
    private var position = 0
    /// Whether a member has begun and not ended.
    private var isInMember = false

    /// What a gzip file begins with.
    package static func isGzip(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x1F, 0x8B])
    }

    /// - Throws: `.outOfMemory`.
    package init() throws(KeyValueError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for gzip's head and foot.
        guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw KeyValueError(code: .outOfMemory, operation: .readFile, message: "cannot start to unpack")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Gives the next bytes of the file, when all before are unpacked.
    package func feed(_ bytes: [UInt8]) {
        input = bytes
        position = 0
    }

    /// Unpacks the next piece.
    ///
    /// - Returns: at most 64 KiB; empty if more input is needed.
    /// - Throws: `.corrupted` for what is no gzip, or fails its checksum.
    package func next() throws(KeyValueError) -> [UInt8] {
        var status = Z_OK
        while position < input.count || isInMember {
            isInMember = true
            let (piece, hasTakenAll) = step(&status)
            if status == Z_STREAM_END {
                isInMember = false
                inflateReset(stream)
            } else if status != Z_OK, status != Z_BUF_ERROR {
                throw KeyValueError(code: .corrupted, operation: .readFile, message: "the gzip data is damaged")
            }
            if !piece.isEmpty { return piece }
            if hasTakenAll, status != Z_STREAM_END { return [] }
        }
        return []
    }

    /// Makes sure that the file does not end within a member.
    ///
    /// - Throws: `.truncated`.
    package func finish() throws(KeyValueError) {
        guard !isInMember else {
            throw KeyValueError(code: .truncated, operation: .readFile, message: "the gzip data ends too early")
        }
    }

    private func step(_ status: inout Int32) -> (piece: [UInt8], hasTakenAll: Bool) {
        let piece = input.withUnsafeMutableBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
                stream.pointee.next_in = input.baseAddress.map { $0 + position }
                stream.pointee.avail_in = UInt32(input.count - position)
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(buffer.count)
                status = inflate(stream, Z_NO_FLUSH)
                count = buffer.count - Int(stream.pointee.avail_out)
                position = input.count - Int(stream.pointee.avail_in)
            }
        }
        return (piece, position == input.count)
    }

    private static let pieceSize = 1 << 16
}

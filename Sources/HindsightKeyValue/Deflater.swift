import CZlib

/// Packs bytes as a gzip file (RFC 1952), piece by piece, with the memory of one window. The same bytes give the same file:
/// no time and no name stand in it.
package final class Deflater {
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Throws: `.outOfMemory`.
    package init() throws(KeyValueError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for gzip's head and foot.
        let status = deflateInit2_(
            stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            throw KeyValueError(code: .outOfMemory, operation: .writeFile, message: "cannot start to compress")
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Takes bytes and appends what is packed of them so far.
    package func deflate(_ bytes: [UInt8], into output: inout [UInt8]) {
        run(bytes, Z_NO_FLUSH, into: &output)
    }

    /// Appends what is still to come. Nothing may be packed after that.
    package func finish(into output: inout [UInt8]) {
        run([], Z_FINISH, into: &output)
    }

    private func run(_ bytes: [UInt8], _ flush: Int32, into output: inout [UInt8]) {
        var input = bytes
        input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            var isFull = true
            while isFull {
                let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
                    stream.pointee.next_out = buffer.baseAddress
                    stream.pointee.avail_out = UInt32(buffer.count)
                    _ = CZlib.deflate(stream, flush)
                    count = buffer.count - Int(stream.pointee.avail_out)
                }
                output += piece
                isFull = piece.count == Self.pieceSize
            }
        }
    }

    private static let pieceSize = 1 << 16
}

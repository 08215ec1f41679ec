import HindsightTestSupport
import Testing

@testable import HindsightKeyValue

struct MD5Tests {
    /// The test suite of RFC 1321, appendix A.5.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"), ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
        (
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"
        ),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a"
        ),
    ])
    func isThatOfTheSpecification(text: String, expected: String) {
        let digest = MD5.digest(Array(text.utf8))
        #expect(digest.rawSpan.hexadecimal == expected)
    }

    @Test func doesNotDependOnPieces() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for size in [1, 3, 63, 64, 65, 200] {
            var hash = MD5()
            for start in stride(from: 0, to: bytes.count, by: size) {
                hash.add(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            #expect(hash.finish() == MD5.digest(bytes))
        }
    }
}

struct GzipTests {
    private func unpack(_ bytes: [UInt8], pieces: Int = 1000) throws -> [UInt8] {
        let inflater = try Inflater()
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            inflater.feed(Array(bytes[start..<min(start + pieces, bytes.count)]))
            while true {
                let piece = try inflater.next()
                if piece.isEmpty { break }
                #expect(piece.count <= 1 << 16)
                output += piece
            }
        }
        try inflater.finish()
        return output
    }

    private func pack(_ bytes: [UInt8]) throws -> [UInt8] {
        let deflater = try Deflater()
        var output: [UInt8] = []
        deflater.deflate(Array(bytes.prefix(bytes.count / 2)), into: &output)
        deflater.deflate(Array(bytes.dropFirst(bytes.count / 2)), into: &output)
        deflater.finish(into: &output)
        return output
    }

    @Test func packedBytesComeBack() throws {
        let seed = TestSeed.fresh
        var random = SeededGenerator(seed: seed)
        for size in [0, 1, 1000, 200_000] {
            let bytes = (0..<size).map { _ in UInt8.random(in: 0...7, using: &random) }
            let packed = try pack(bytes)
            #expect(Inflater.isGzip(packed))
            #expect(try unpack(packed) == bytes, "seed \(seed)")
            #expect(try unpack(packed + packed, pieces: 7) == bytes + bytes)
        }
    }

    @Test func aBombComesInPieces() throws {
        let packed = try pack([UInt8](repeating: 0, count: 20 << 20))
        #expect(packed.count < 30_000)
        #expect(try unpack(packed).count == 20 << 20)
    }

    @Test func damageIsAnError() throws {
        let packed = try pack(Array("some bytes that are packed, and packed again".utf8))
        for length in 1..<packed.count {
            #expect(throws: KeyValueError.self) { try unpack(Array(packed[..<length])) }
        }
        for index in packed.indices where !(4..<10).contains(index) {
            var damaged = packed
            damaged[index] ^= 0x10
            #expect(throws: KeyValueError.self) { _ = try unpack(damaged) == [] }
        }
        #expect(throws: KeyValueError.self) { try unpack(packed + Array("rubbish".utf8)) }
    }
}

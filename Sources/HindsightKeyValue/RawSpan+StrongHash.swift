import CSodium

/// 256 bits of BLAKE2b, which nobody can aim at: whoever changes what was hashed changes the hash.
///
/// The bytes lie in memory as they are written, so that an array of hashes is one run of bytes.
package struct Hash256: Hashable, Sendable, BitwiseCopyable {
    private var word0: UInt64 = 0
    private var word1: UInt64 = 0
    private var word2: UInt64 = 0
    private var word3: UInt64 = 0

    package static let byteCount = 32

    /// All bits zero: what the first commit's chain begins with.
    package init() {}

    /// `nil` unless there are exactly `byteCount` bytes.
    package init?(_ bytes: RawSpan) {
        guard bytes.byteCount == Self.byteCount else { return nil }
        withUnsafeMutableBytes(of: &self) { hash in bytes.withUnsafeBytes { hash.copyMemory(from: $0) } }
    }

    package var bytes: [UInt8] {
        withUnsafeBytes(of: self) { Array($0) }
    }

    /// 64 hexadecimal digits.
    package var hexadecimal: String {
        bytes.span.bytes.hexadecimal
    }
}

extension Hash256: Comparable {
    /// By the bytes.
    package static func < (left: Hash256, right: Hash256) -> Bool {
        (left.word0.bigEndian, left.word1.bigEndian, left.word2.bigEndian, left.word3.bigEndian)
            < (right.word0.bigEndian, right.word1.bigEndian, right.word2.bigEndian, right.word3.bigEndian)
    }
}

extension RawSpan {
    /// BLAKE2b with 256 bits of output and without a key (RFC 7693), by libsodium.
    ///
    /// - Complexity: O(n) for n bytes, about 3 cycles a byte.
    package func blake2b256() -> Hash256 {
        _ = Sodium.isReady
        var result = Hash256()
        withUnsafeMutableBytes(of: &result) { output in
            guard let output = output.baseAddress else { return }
            withUnsafeBytes { input in
                // Fails only for lengths of output and key that the function does not have.
                _ = crypto_generichash(output, Hash256.byteCount, input.baseAddress, UInt64(input.count), nil, 0)
            }
        }
        return result
    }
}

extension [Hash256] {
    /// The hash of the hashes' bytes, one behind the other.
    package func blake2b256() -> Hash256 {
        span.bytes.blake2b256()
    }
}

private enum Sodium {
    /// Lets the library choose the code for this processor, once. Without it, the library takes portable code with the
    /// same results.
    static let isReady = sodium_init() >= 0
}

/// 128 bits that stand for a long key.
package struct Hash128: Hashable, Sendable {
    /// The first 8 bytes of the hash, as a little-endian integer.
    package let low: UInt64
    /// The last 8 bytes of the hash, as a little-endian integer.
    package let high: UInt64

    package init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The 16 bytes as the specification writes them.
    package var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: low >> (8 * $0)) }
            + (0..<8).map { UInt8(truncatingIfNeeded: high >> (8 * $0)) }
    }
}

extension RawSpan {
    /// SipHash-2-4 with 128 bits of output (Aumasson & Bernstein; the reference implementation's `outlen` 16).
    ///
    /// The key's two halves are little-endian integers of its bytes. A stored hash needs a fixed key, so an adversary
    /// may know it: whoever stores hashes compares the whole key as well.
    ///
    /// - Complexity: O(n) for n bytes, about 1.5 cycles a byte.
    package func sipHash128(keyLow: UInt64, keyHigh: UInt64) -> Hash128 {
        var state = SipState(keyLow: keyLow, keyHigh: keyHigh)
        var offset = 0
        while offset + 8 <= byteCount {
            state.consume(loadLittleEndian(UInt64.self, at: offset))
            offset += 8
        }
        var last = UInt64(truncatingIfNeeded: byteCount) << 56
        for shift in 0..<(byteCount - offset) {
            last |= UInt64(byte(at: offset + shift)) << UInt64(8 * shift)
        }
        state.consume(last)
        return state.finish()
    }
}

/// The four words of SipHash.
private struct SipState {
    private var word0: UInt64
    private var word1: UInt64
    private var word2: UInt64
    private var word3: UInt64

    init(keyLow: UInt64, keyHigh: UInt64) {
        word0 = keyLow ^ 0x736f_6d65_7073_6575
        // 0xee marks the longer output.
        word1 = keyHigh ^ 0x646f_7261_6e64_6f6d ^ 0xee
        word2 = keyLow ^ 0x6c79_6765_6e65_7261
        word3 = keyHigh ^ 0x7465_6462_7974_6573
    }

    mutating func consume(_ word: UInt64) {
        word3 ^= word
        mix()
        mix()
        word0 ^= word
    }

    mutating func finish() -> Hash128 {
        word2 ^= 0xee
        for _ in 0..<4 { mix() }
        let low = folded
        word1 ^= 0xdd
        for _ in 0..<4 { mix() }
        return Hash128(low: low, high: folded)
    }

    private var folded: UInt64 {
        word0 ^ word1 ^ word2 ^ word3
    }

    /// SipRound.
    private mutating func mix() {
        word0 &+= word1
        word1 = rotate(word1, 13) ^ word0
        word0 = rotate(word0, 32)
        word2 &+= word3
        word3 = rotate(word3, 16) ^ word2
        word0 &+= word3
        word3 = rotate(word3, 21) ^ word0
        word2 &+= word1
        word1 = rotate(word1, 17) ^ word2
        word2 = rotate(word2, 32)
    }

    private func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
        word &<< count | word &>> (64 &- count)
    }
}

extension RawSpan {
    /// XXH64 with seed 0 (xxHash specification 0.1.1): a fast hash for tables in memory. Not against adversaries, and
    /// never stored.
    ///
    /// - Complexity: O(n) for n bytes, about a cycle for 4 bytes.
    @inlinable
    package var fastHash: UInt64 {
        var hash: UInt64
        var offset = 0
        if byteCount >= 32 {
            var lanes = XXH64.Lanes()
            while offset + 32 <= byteCount {
                lanes.consume(
                    load(at: offset), load(at: offset + 8), load(at: offset + 16), load(at: offset + 24))
                offset += 32
            }
            hash = lanes.merged
        } else {
            hash = XXH64.prime5
        }
        hash &+= UInt64(truncatingIfNeeded: byteCount)
        while offset + 8 <= byteCount {
            hash = XXH64.mix8(hash, loadLittleEndian(UInt64.self, at: offset))
            offset += 8
        }
        if offset + 4 <= byteCount {
            hash = XXH64.mix4(hash, loadLittleEndian(UInt32.self, at: offset))
            offset += 4
        }
        while offset < byteCount {
            hash = XXH64.mix1(hash, byte(at: offset))
            offset += 1
        }
        return XXH64.avalanche(hash)
    }
}

/// The steps of XXH64, named as in its specification.
@usableFromInline
enum XXH64 {
    @inlinable static var prime1: UInt64 { 0x9E37_79B1_85EB_CA87 }
    @inlinable static var prime2: UInt64 { 0xC2B2_AE3D_27D4_EB4F }
    @inlinable static var prime3: UInt64 { 0x1656_67B1_9E37_79F9 }
    @inlinable static var prime4: UInt64 { 0x85EB_CA77_C2B2_AE63 }
    @inlinable static var prime5: UInt64 { 0x27D4_EB2F_1656_67C5 }

    @inlinable
    static func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
        word &<< count | word &>> (64 &- count)
    }

    @inlinable
    static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotate(lane &+ input &* prime2, 31) &* prime1
    }

    /// The four accumulators over stripes of 32 bytes.
    @usableFromInline
    struct Lanes {
        @usableFromInline var lane1 = prime1 &+ prime2
        @usableFromInline var lane2 = prime2
        @usableFromInline var lane3 = UInt64(0)
        @usableFromInline var lane4 = 0 &- prime1

        @inlinable
        init() {}

        @inlinable
        mutating func consume(_ word1: UInt64, _ word2: UInt64, _ word3: UInt64, _ word4: UInt64) {
            lane1 = round(lane1, UInt64(littleEndian: word1))
            lane2 = round(lane2, UInt64(littleEndian: word2))
            lane3 = round(lane3, UInt64(littleEndian: word3))
            lane4 = round(lane4, UInt64(littleEndian: word4))
        }

        @inlinable
        var merged: UInt64 {
            var hash = rotate(lane1, 1) &+ rotate(lane2, 7) &+ rotate(lane3, 12) &+ rotate(lane4, 18)
            hash = (hash ^ round(0, lane1)) &* prime1 &+ prime4
            hash = (hash ^ round(0, lane2)) &* prime1 &+ prime4
            hash = (hash ^ round(0, lane3)) &* prime1 &+ prime4
            hash = (hash ^ round(0, lane4)) &* prime1 &+ prime4
            return hash
        }
    }

    @inlinable
    static func mix8(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        rotate(hash ^ round(0, word), 27) &* prime1 &+ prime4
    }

    @inlinable
    static func mix4(_ hash: UInt64, _ word: UInt32) -> UInt64 {
        rotate(hash ^ UInt64(word) &* prime1, 23) &* prime2 &+ prime3
    }

    @inlinable
    static func mix1(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        rotate(hash ^ UInt64(byte) &* prime5, 11) &* prime1
    }

    @inlinable
    static func avalanche(_ hash: UInt64) -> UInt64 {
        var hash = hash
        hash = (hash ^ hash &>> 33) &* prime2
        hash = (hash ^ hash &>> 29) &* prime3
        return hash ^ hash &>> 32
    }
}

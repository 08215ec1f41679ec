import HindsightKeyValue

/// Sums up what a commit leaves under the keys that it touches, so that the commit's hash vouches for it.
///
/// The digest is the sum, modulo 2^128, of a hash of (keyspace, key, document or deletion) for each key. A sum, so that
/// what the first of two writes to a key has added can be taken away by the second, and so that a verifier may go through
/// the keys in any order.
struct ChangeDigest: Equatable {
    private var sum: UInt128 = 0

    /// 128 bits of SipHash; see `CommitRecord` for how a stronger hash may follow.
    var hash: Hash128 {
        Hash128(low: UInt64(truncatingIfNeeded: sum), high: UInt64(truncatingIfNeeded: sum >> 64))
    }

    mutating func add(_ keyspace: UInt32, _ key: [UInt8], document: RawSpan) {
        sum &+= Self.contribution(keyspace, key, document, isDeleted: false)
    }

    mutating func add(deletionIn keyspace: UInt32, _ key: [UInt8]) {
        sum &+= Self.contribution(keyspace, key, RawSpan(), isDeleted: true)
    }

    mutating func subtract(_ keyspace: UInt32, _ key: [UInt8], document: RawSpan) {
        sum &-= Self.contribution(keyspace, key, document, isDeleted: false)
    }

    mutating func subtract(deletionIn keyspace: UInt32, _ key: [UInt8]) {
        sum &-= Self.contribution(keyspace, key, RawSpan(), isDeleted: true)
    }

    /// An entry of the catalog; no items have the keyspace 0.
    mutating func add(catalog key: [UInt8], _ entry: [UInt8]) {
        add(0, key, document: entry.rawSpan)
    }

    private static func contribution(
        _ keyspace: UInt32, _ key: [UInt8], _ document: RawSpan, isDeleted: Bool
    ) -> UInt128 {
        let inner = key.rawSpan.sipHash128(keyLow: UInt64(keyspace), keyHigh: isDeleted ? 1 : 0)
        let outer = document.sipHash128(keyLow: inner.low, keyHigh: inner.high)
        return UInt128(outer.high) << 64 | UInt128(outer.low)
    }
}

extension CommitRecord {
    /// The hash of this commit, whose `hash` still is that of the commit before.
    func chained(version: Version) -> Hash128 {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(version)
        encode(to: &bytes)
        return bytes.rawSpan.sipHash128(keyLow: 0, keyHigh: 0)
    }
}

import HindsightKeyValue

/// **Long keys.** LMDB's keys have at most 511 bytes, and the storage layer puts up to 12 bytes of its own before ours:
///
///     0          12                                   492       508  511
///     | keyspace | key of up to 480 bytes             |          |    |
///     | keyspace | first 480 bytes of a longer key    | hash     |    |
///
/// So a stored key is a whole key of at most 480 bytes, or has exactly 496: a prefix and the keyed 128-bit hash of the
/// whole key, which then stands in the value. Stored keys sort like whole keys except among long ones that share their
/// first 480 bytes. Those form a run without anything else inside, which whoever scans puts in order by the whole keys.
extension KeyCode {
    /// How much of a long key is stored; shorter keys are stored whole.
    package static let storedPrefixLength = 480
    /// The length of every long key as it is stored, and of no other.
    package static let shortenedLength = storedPrefixLength + 16

    /// The bytes under which the key `key` is stored: itself, or its prefix and hash.
    package static func storedKey(_ key: [UInt8]) -> [UInt8] {
        guard key.count > storedPrefixLength else { return key }
        var stored = Array(key[..<storedPrefixLength])
        stored.reserveCapacity(shortenedLength)
        // Part of the file format. An adversary may know it, and so whole keys are compared as well.
        let hash = key.rawSpan.sipHash128(keyLow: 0x6869_6E64_7369_6768, keyHigh: 0x742F_6B65_7963_6F64)
        stored.append(contentsOf: hash.bytes)
        return stored
    }

    /// Whether the stored key `stored` has lost its end, so that the whole key stands in the value.
    package static func isShortened(_ stored: RawSpan) -> Bool {
        stored.byteCount == shortenedLength
    }

    /// Where to seek among stored keys so that no key at or after the whole key or bound `key` is passed over. Behind
    /// the seek may stand a run of long keys of which some are still before `key`.
    package static func seekKey(_ key: [UInt8]) -> [UInt8] {
        key.count > storedPrefixLength ? Array(key[..<storedPrefixLength]) : key
    }
}

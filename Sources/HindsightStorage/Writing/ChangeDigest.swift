import HindsightKeyValue

/// Sums up what a commit leaves under the keys of one keyspace, so that the commit's hash vouches for it.
///
/// The digest is the hash of the sorted hashes of (keyspace, key, document or deletion), one for each key that the commit
/// has written. Sorted, so that a verifier may go through the keys in any order. What a second write to a key replaces is
/// withdrawn.
struct ChangeDigest {
    private var added: [Hash256] = []
    private var withdrawn: [Hash256] = []

    /// How much there was at some moment, to go back to.
    struct Mark {
        var added = 0
        var withdrawn = 0
    }

    var mark: Mark { Mark(added: added.count, withdrawn: withdrawn.count) }

    mutating func rewind(to mark: Mark) {
        added.removeLast(added.count - mark.added)
        withdrawn.removeLast(withdrawn.count - mark.withdrawn)
    }

    mutating func add(_ change: Hash256) {
        added.append(change)
    }

    /// Takes away what an earlier write to the same key has added.
    mutating func withdraw(_ change: Hash256) {
        withdrawn.append(change)
    }

    /// - Complexity: O(n log n) for n changes.
    var hash: Hash256 {
        let changes = added.sorted()
        guard !withdrawn.isEmpty else { return changes.blake2b256() }
        var rest = withdrawn.sorted()[...]
        let left = changes.filter { change in
            guard change == rest.first else { return true }
            rest.removeFirst()
            return false
        }
        return left.blake2b256()
    }
}

/// The hash of a change, from the bytes
///
///     0      1          5            9
///     +------+----------+------------+-----+------------+
///     | kind | keyspace | key length | key | [document] |
///     | 1    | 4, BE    | 4, BE      |     |            |
///     +------+----------+------------+-----+------------+
///
/// - kind: 1, the commit leaves this document under the key; 0, it leaves nothing.
struct ChangeHasher {
    private var buffer: [UInt8] = []

    mutating func hash(_ keyspace: UInt32, _ key: [UInt8], document: RawSpan) -> Hash256 {
        start(1, keyspace, key)
        buffer.append(document)
        return buffer.rawSpan.blake2b256()
    }

    mutating func hash(deletionIn keyspace: UInt32, _ key: [UInt8]) -> Hash256 {
        start(0, keyspace, key)
        return buffer.rawSpan.blake2b256()
    }

    private mutating func start(_ kind: UInt8, _ keyspace: UInt32, _ key: [UInt8]) {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(kind)
        buffer.appendBigEndian(keyspace)
        buffer.appendBigEndian(UInt32(truncatingIfNeeded: key.count))
        buffer.append(contentsOf: key)
    }
}

extension CommitRecord {
    /// The hash of this commit, whose `hash` still is that of the commit before.
    func chained(version: Version) -> Hash256 {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(version)
        appendContent(to: &bytes)
        return bytes.rawSpan.blake2b256()
    }
}

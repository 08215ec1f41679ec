import HindsightKeyValue
import HindsightValues

/// The entries of one run of shortened keys, in the order of their whole keys.
///
/// - Complexity: 40 bytes an entry while the run is gone through; O(k log k) comparisons to sort k of them, and a reader
///   that wants only the first still pays for all.
struct LongKeyRun {
    struct Entry {
        let key: BytesPosition
        let value: BytesPosition
    }

    private var entries: ContiguousArray<Entry> = []
    private var nextIndex = 0
    /// Whether a run was gathered and not yet left.
    private(set) var isCurrent = false

    mutating func start() {
        entries.removeAll(keepingCapacity: true)
        nextIndex = 0
        isCurrent = true
    }

    mutating func clear() {
        guard isCurrent else { return }
        entries.removeAll(keepingCapacity: true)
        nextIndex = 0
        isCurrent = false
    }

    mutating func append(_ entry: Entry) {
        entries.append(entry)
    }

    mutating func next() -> Entry? {
        guard nextIndex < entries.count else { return nil }
        nextIndex += 1
        return entries[nextIndex - 1]
    }

    /// Sorts by what follows the prefix that all have in common.
    mutating func sort(_ direction: Direction, in access: TreeAccess) {
        let common = KeyCode.storedPrefixLength
        let sign = direction == .forward ? 1 : -1
        entries.sort { left, right in
            let leftKey = access.view(left.key.extracting(common..<left.key.byteCount))
            let rightKey = access.view(right.key.extracting(common..<right.key.byteCount))
            return leftKey.compare(rightKey) * sign < 0
        }
    }
}

import HindsightKeyValue
import HindsightValues

/// Goes through one keyspace in `live` or `deleted`, in the order of the whole keys.
///
/// Stored keys are in that order but for shortened ones: those that share their first 480 bytes form a run without
/// anything else inside, which is gathered, sorted and handed out before the cursor goes on.
///
/// A struct, so that who moves it many times in a row pays for one check of exclusive access and not for many.
struct TreeScan: ~Copyable {
    private let access: TreeAccess
    private let cursor: Cursor
    private let tree: TreeName
    private let keyspaceNumber: UInt32
    private let keyspace: [UInt8]
    private let direction: Direction
    private var range: KeyRange
    /// Whether `range` ends before the keyspace does, in the direction of the scan.
    private var hasBoundAhead: Bool
    private var run = LongKeyRun()
    /// Whether `key` and `value` are those of an entry; `false` at the end.
    private(set) var isOnEntry = false
    /// The whole key, without the keyspace.
    private(set) var key = BytesPosition.none
    private(set) var value = BytesPosition.none

    init(
        _ access: TreeAccess, _ tree: TreeName, keyspace: UInt32, _ range: KeyRange, _ direction: Direction
    ) throws(StorageError) {
        self.access = access
        self.tree = tree
        keyspaceNumber = keyspace
        self.keyspace = RawKey.keyspace(keyspace)
        self.range = range
        hasBoundAhead = range.hasBound(toward: direction)
        self.direction = direction
        cursor = try access.openCursor(access.tree(tree))
        access.openCursors += 1
    }

    deinit {
        access.openCursors -= 1
    }

    /// Goes to the first entry of the range.
    mutating func start() throws(StorageError) {
        run.clear()
        do {
            switch direction {
            case .forward: try take(try seekLower())
            case .backward: try take(try seekUpper())
            }
        } catch let error as KeyValueError { throw StorageError(error) } catch { throw corrupt() }
    }

    /// Goes to the first entry of another range.
    mutating func restart(_ range: KeyRange) throws(StorageError) {
        self.range = range
        hasBoundAhead = range.hasBound(toward: direction)
        try start()
    }

    mutating func advance() throws(StorageError) {
        do {
            if run.isCurrent {
                try leaveOrFollowRun()
            } else {
                try take(direction == .forward ? try cursor.next() : try cursor.previous())
            }
        } catch let error as KeyValueError { throw StorageError(error) } catch { throw corrupt() }
    }

    private mutating func leaveOrFollowRun() throws {
        if let entry = run.next() { return set(entry) }
        // The cursor stands behind the run already.
        run.clear()
        try take(cursor.isOnEntry)
    }

    private func corrupt() -> StorageError {
        .corrupt(tree, cursor.isOnEntry ? cursor.key.array : keyspace)
    }
}

// MARK: - Bounds

extension TreeScan {
    private func seekLower() throws(KeyValueError) -> Bool {
        try cursor.seek(atOrAfter: (keyspace + KeyCode.seekKey(range.lower)).rawSpan)
    }

    /// Goes before the first entry that is above everything in the range.
    private func seekUpper() throws(KeyValueError) -> Bool {
        let above = range.upper.flatMap { upper in
            let bound = KeyCode.seekKey(upper)
            // Behind a bound that had to be cut stands a run of which a part may be in the range.
            return bound.count == upper.count ? bound : KeyRange.successor(ofPrefix: bound)
        }
        guard let limit = above.map({ keyspace + $0 }) ?? KeyRange.successor(ofPrefix: keyspace) else {
            return try cursor.last()
        }
        _ = try cursor.seek(atOrAfter: limit.rawSpan)
        return try cursor.previous()
    }

    /// Makes the entry under the cursor the current one, or the first of its run that is in the range.
    @inline(__always)
    private mutating func take(_ cursorIsOnEntry: Bool) throws {
        var cursorIsOnEntry = cursorIsOnEntry
        while cursorIsOnEntry {
            switch try look() {
            case .outside: cursorIsOnEntry = false
            case .short: return takeShort()
            case .long:
                try gatherRun()
                if let entry = run.next() { return set(entry) }
                run.clear()
                cursorIsOnEntry = cursor.isOnEntry
            }
        }
        isOnEntry = false
    }

    private enum Sight {
        /// The entry is of another keyspace, or behind the range.
        case outside
        case short
        /// The entry's key is shortened.
        case long
    }

    /// What the cursor stands on.
    @inline(__always)
    private func look() throws -> Sight {
        let stored = cursor.key
        guard stored.byteCount > RawKey.keyspaceLength else { throw MalformedBytes() }
        guard stored.loadBigEndian(UInt32.self, at: 0) == keyspaceNumber else { return .outside }
        if stored.byteCount == RawKey.keyspaceLength + KeyCode.shortenedLength { return .long }
        guard hasBoundAhead else { return .short }
        return isInside(stored.extracting(RawKey.keyspaceLength..<stored.byteCount)) ? .short : .outside
    }

    @inline(__always)
    private mutating func takeShort() {
        let positions = cursor.positions
        isOnEntry = true
        key = positions.key.extracting(RawKey.keyspaceLength..<positions.key.byteCount)
        value = positions.value
    }

    /// Only the bound ahead can be passed: the seek was to the one behind, or to the run in which it lies.
    private func isInside(_ key: RawSpan) -> Bool {
        switch direction {
        case .forward:
            guard let upper = range.upper else { return true }
            return key.compare(upper.rawSpan) < 0
        case .backward:
            let lower = range.lower
            return lower.isEmpty || key.compare(lower.rawSpan) >= 0
        }
    }

    private mutating func set(_ entry: LongKeyRun.Entry) {
        isOnEntry = true
        key = entry.key
        value = entry.value
    }
}

// MARK: - Long keys

extension TreeScan {
    /// Gathers the run that the cursor stands in, from its near end; the cursor then stands behind it.
    private mutating func gatherRun() throws {
        let access = access
        let prefixLength = keyspace.count + KeyCode.storedPrefixLength
        let prefix = cursor.key.array(in: 0..<prefixLength)
        run.start()
        var isInRun = true
        while isInRun {
            let value = cursor.valuePosition
            let stored = access.view(value)
            guard let longKey = try StoredItem(stored).longKey else { throw MalformedBytes() }
            if range.contains(stored.extracting(longKey)) {
                run.append(LongKeyRun.Entry(key: value.extracting(longKey), value: value))
            }
            guard direction == .forward ? try cursor.next() : try cursor.previous() else { break }
            isInRun = isLong(cursor.key, withPrefix: prefix)
        }
        run.sort(direction, in: access)
    }

    private func isLong(_ key: RawSpan, withPrefix prefix: [UInt8]) -> Bool {
        key.byteCount == keyspace.count + KeyCode.shortenedLength && key.hasPrefix(prefix.rawSpan)
    }
}

extension KeyRange {
    /// Whether there are keys that lie behind the range for who goes through it.
    fileprivate func hasBound(toward direction: Direction) -> Bool {
        direction == .forward ? upper != nil : !lower.isEmpty
    }
}

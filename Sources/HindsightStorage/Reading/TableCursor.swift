import HindsightKeyValue
import HindsightValues

/// Goes through a table's items in key order, now or at a version, through the bases of a fork.
///
///     let cursor = try reader.openCursor(table)
///     while try cursor.next() { use(cursor.key, cursor.document) }
///
/// In a write transaction the cursor goes on over changes made meanwhile: after one, it continues behind the key that it
/// returned last and sees the table as it is then. Bytes that it has shown are gone with the change.
package final class TableCursor {
    /// Kept, because the snapshot ends when it goes.
    private let reader: StoreReader
    private let access: TreeAccess
    private let range: KeyRange
    private let direction: Direction
    /// The table's own keyspace, then its base's, and so on: the first that knows a key decides.
    private let levels: [LevelScan]
    /// The only level, if there is only one.
    private let single: LevelScan?
    private var isStarted = false
    private var current: LevelScan?
    private var keyPosition = BytesPosition.none
    private var documentPosition = BytesPosition.none
    /// The transaction's generation when the cursor last moved, and the key it showed, in a write transaction only.
    private var generation: UInt = 0
    private var lastKey: [UInt8]?

    init(
        _ reader: StoreReader, _ plans: [LevelPlan], _ range: KeyRange, _ direction: Direction
    ) throws(StorageError) {
        self.reader = reader
        access = reader.access
        self.range = range
        self.direction = direction
        var levels: [LevelScan] = []
        for plan in plans { levels.append(try LevelScan(access, plan, range, direction)) }
        self.levels = levels
        single = levels.count == 1 ? levels[0] : nil
    }

    /// Goes to the next item.
    ///
    /// - Returns: `false` at the end.
    package func next() throws(StorageError) -> Bool {
        guard access.isOpen else { throw .closed }
        let isFound = if let single { try nextOfOne(single) } else { try nextOfMany() }
        if isFound, access.isWriting { lastKey = access.view(keyPosition, heldBy: self).array }
        return isFound
    }

    /// The whole key code of the item, in place.
    ///
    /// - Precondition: `next` has returned `true`, and nothing was written since.
    package var key: RawSpan {
        @_lifetime(borrow self)
        get { access.view(keyPosition, heldBy: self) }
    }

    /// The item's document, in place.
    ///
    /// - Precondition: `next` has returned `true`, and nothing was written since.
    package var document: RawSpan {
        @_lifetime(borrow self)
        get { access.view(documentPosition, heldBy: self) }
    }
}

extension TableCursor {
    /// Starts, or takes up again after a change of the transaction.
    ///
    /// - Returns: `false` if there is nothing to do, and the levels are to be moved on.
    private func isPrepared() throws(StorageError) -> Bool {
        let generation = access.generation
        if isStarted, self.generation == generation { return false }
        if isStarted {
            let rest = rest
            for level in levels { try level.restart(rest) }
        } else {
            for level in levels { try level.start() }
            isStarted = true
        }
        self.generation = generation
        return true
    }

    /// What lies behind the key returned last.
    private var rest: KeyRange {
        guard let lastKey else { return range }
        switch direction {
        case .forward: return range.intersection(KeyRange(lower: lastKey + [0], upper: nil))
        case .backward: return range.intersection(KeyRange(lower: [], upper: lastKey))
        }
    }

    private func nextOfOne(_ level: LevelScan) throws(StorageError) -> Bool {
        if try !isPrepared() { try level.advance() }
        while level.isOnEntry {
            if let document = level.document {
                keyPosition = level.key
                documentPosition = document
                return true
            }
            try level.advance()
        }
        return false
    }

    /// Of the levels, the one with the nearest key, the upper one of equals, decides about this key.
    private func nextOfMany() throws(StorageError) -> Bool {
        if try !isPrepared() { try advancePast(keyPosition) }
        while let nearest {
            keyPosition = nearest.key
            if let document = nearest.document {
                documentPosition = document
                return true
            }
            try advancePast(keyPosition)
        }
        return false
    }

    private var nearest: LevelScan? {
        var nearest: LevelScan?
        for level in levels where level.isOnEntry {
            guard let best = nearest else {
                nearest = level
                continue
            }
            let order = access.view(level.key, heldBy: self).compare(access.view(best.key, heldBy: self))
            if order != 0, (order < 0) == (direction == .forward) { nearest = level }
        }
        return nearest
    }

    private func advancePast(_ key: BytesPosition) throws(StorageError) {
        for level in levels where level.isOnEntry {
            if access.view(level.key, heldBy: self).isEqual(to: access.view(key, heldBy: self)) { try level.advance() }
        }
    }
}

extension StoreReader {
    /// A cursor over the items of a table whose keys lie in `range`.
    ///
    /// - Parameter version: from `resolve(_:for:)`; `nil` for now.
    package final func openCursor(
        _ table: TableInfo, _ range: KeyRange = .all, at version: Version? = nil, _ direction: Direction = .forward
    ) throws(StorageError) -> TableCursor {
        try TableCursor(self, levelPlans(table, at: version), range, direction)
    }
}

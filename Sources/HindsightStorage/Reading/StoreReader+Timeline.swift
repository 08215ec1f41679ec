import HindsightKeyValue
import HindsightValues

/// How much of a table was changed in a stretch of time.
package struct TimelineStretch: Equatable, Sendable {
    /// Microseconds since 1970, as all times here; commits at this time belong to the stretch.
    package let start: Int64
    /// Commits at this time belong to the next stretch, but those of the last one to it.
    package let end: Int64
    package var inserts = 0
    package var updates = 0
    package var deletes = 0
}

extension StoreReader {
    /// How much of a table was changed between two moments, in at most `count` stretches of a round length, and in more
    /// than a fifth of that for a period that is long enough.
    ///
    /// An item that one commit adds and removes again counts as both.
    ///
    /// - Throws: what `resolve(_:for:)` throws; `.recoveryOff`, `.reversedPeriod`.
    /// - Complexity: O(changes in the period), some 0.2 µs each: only what kind of record it is is looked at.
    package final func timeline(
        of table: TableInfo, from: Moment, to: Moment, count: Int = 60
    ) throws(StorageError) -> [TimelineStretch] {
        guard let window = try restorableTimes(of: table) else { throw .recoveryOff(table: table.name) }
        let versions = (from: try resolve(from, for: table), to: try resolve(to, for: table))
        let start = try time(of: from, in: window)
        let end = max(start, try time(of: to, in: window))
        guard versions.from <= versions.to else { throw .reversedPeriod(from: from, to: to) }
        var stretches = TimelineScale(from: start, to: end, count: count).stretches
        // The last version before each stretch, and behind all of them the last of all.
        var bounds = [versions.from]
        for stretch in stretches.dropFirst() {
            bounds.append(min(max(try version(atTime: stretch.start - 1), bounds[bounds.count - 1]), versions.to))
        }
        bounds.append(versions.to)
        try countChanges(of: table, between: bounds, into: &stretches)
        return stretches
    }

    /// The records of a stretch tell how many items it ended and how many it began where there was none; the running totals,
    /// how many items there are more: what was begun and not ended, or the other way round.
    private final func countChanges(
        of table: TableInfo, between bounds: [Version], into stretches: inout [TimelineStretch]
    ) throws(StorageError) {
        var way = try RecordWay(access, table.id, after: bounds[0], upTo: bounds[bounds.count - 1])
        var hasRecord = try way.next()
        var items = try size(of: table, at: bounds[0]).items
        for index in stretches.indices {
            let last = bounds[index + 1]
            var (begun, ended) = (0, 0)
            while hasRecord, way.record.version <= last {
                if try isItem(way.position, way.record, table) { ended += 1 } else { begun += 1 }
                hasRecord = try way.next()
            }
            let itemsAfter = try size(of: table, at: last).items
            let deletes = max(0, begun - (itemsAfter - items))
            items = itemsAfter
            stretches[index].inserts = begun
            stretches[index].deletes = deletes
            stretches[index].updates = max(0, ended - deletes)
        }
    }

    /// Whether a record ends an item.
    private final func isItem(
        _ position: BytesPosition, _ record: RecordPointer, _ table: TableInfo
    ) throws(StorageError) -> Bool {
        let bytes = access.view(position, heldBy: self)
        guard bytes.byteCount > 0, let kind = ChangeRecord.Kind(rawValue: bytes.byte(at: 0)) else {
            throw .corrupt(.changes, RawKey.change(table.id, record))
        }
        return kind == .item
    }

    /// When a moment is, for a table with this window.
    private final func time(of moment: Moment, in window: ClosedRange<Int64>) throws(StorageError) -> Int64 {
        switch moment {
        case .now, .latest: return window.upperBound
        case .earliest: return window.lowerBound
        case .time(let time): return time
        case .version(let version): return try time(of: version) ?? window.upperBound
        case .restorePoint(let name): return try restorePoint(named: name)?.time ?? window.lowerBound
        }
    }
}

/// Divides a period at round times.
struct TimelineScale {
    let stretches: [TimelineStretch]

    /// Lengths that divide one another's multiples as clocks and calendars do, in microseconds.
    private static let lengths: [Int64] =
        [1, 2, 5, 10, 15, 30].map { $0 * 1_000_000 }
        + [1, 2, 5, 10, 15, 30].map { $0 * 60_000_000 } + [1, 2, 3, 6, 12].map { $0 * 3_600_000_000 }
        + [1, 2, 7].map { $0 * 86_400_000_000 }

    init(from start: Int64, to end: Int64, count: Int) {
        // One stretch may be cut off at either end.
        let wanted = Int64(max(count - 1, 1))
        let length = Self.lengths.first { (end - start) / $0 < wanted } ?? max((end - start) / wanted + 1, 1)
        var stretches: [TimelineStretch] = []
        var beginning = start
        repeat {
            let next = (beginning.floorDivided(by: length) + 1) * length
            stretches.append(TimelineStretch(start: beginning, end: min(next, end)))
            beginning = next
        } while beginning <= end
        self.stretches = stretches
    }
}

import HindsightQuery
import HindsightValues

/// How much of a table was changed in a stretch of time.
public struct ChangeCounts: Sendable, Hashable {
    public let from: Timestamp
    /// Where the next stretch begins.
    public let to: Timestamp
    public let inserts: Int
    public let updates: Int
    public let deletes: Int

    init(_ entry: TimelineEntry) {
        from = Timestamp(clock: entry.from)
        to = Timestamp(clock: entry.to)
        inserts = entry.inserts
        updates = entry.updates
        deletes = entry.deletes
    }
}

/// How much of a table was changed in a stretch of time.
package struct TimelineEntry: Sendable, Hashable {
    /// Microseconds since 1970-01-01T00:00Z.
    package let from: Int64
    package let to: Int64
    package let inserts: Int
    package let updates: Int
    package let deletes: Int

    package init(from: Int64, to: Int64, inserts: Int, updates: Int, deletes: Int) {
        self.from = from
        self.to = to
        self.inserts = inserts
        self.updates = updates
        self.deletes = deletes
    }
}

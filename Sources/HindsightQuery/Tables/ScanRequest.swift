import HindsightValues

/// The part of a table, by key, that a scan reads.
package enum KeyRange: Sendable {
    /// The whole table.
    case all
    /// The items of one partition whose sort key fulfils the condition.
    case partition(Value, SortCondition)
}

/// A condition on the sort key that is one range of keys.
package enum SortCondition: Sendable {
    case any
    case equal(Value)
    case between(lower: KeyBound?, upper: KeyBound?)
    /// A string or binary that begins so.
    case prefix(Value)
}

/// One end of a range of sort keys.
package struct KeyBound: Sendable {
    package let value: Value
    package let isInclusive: Bool

    package init(_ value: Value, isInclusive: Bool) {
        self.value = value
        self.isInclusive = isInclusive
    }
}

/// What a row of a scan carries in one of its columns.
package enum ScanColumn: Sendable, Hashable {
    /// The whole item.
    case item
    /// The value at a path of the item, MISSING where there is none.
    case path(ItemPath)
}

package enum ScanDirection: Sendable, Hashable {
    case forward
    case backward
}

/// What an operator asks of a table: which rows, which part of them, as of when.
package struct ScanRequest: Sendable {
    package var range: KeyRange
    /// The version to read at; nil for the reader's own snapshot.
    package var version: UInt64?
    /// Conditions that all must be true; the table applies every one of them.
    package var conditions: [PushedCondition]
    package var columns: [ScanColumn]
    package var direction: ScanDirection

    package init(
        range: KeyRange = .all, version: UInt64? = nil, conditions: [PushedCondition] = [],
        columns: [ScanColumn] = [.item], direction: ScanDirection = .forward
    ) {
        self.range = range
        self.version = version
        self.conditions = conditions
        self.columns = columns
        self.direction = direction
    }
}

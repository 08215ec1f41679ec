import HindsightValues
import Synchronization

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

/// The columns of a scan, the same object for all executions of a plan.
package final class ScanColumns: Sendable {
    package let list: [ScanColumn]
    private let preparation = Mutex<(any Sendable & AnyObject)?>(nil)

    package init(_ list: [ScanColumn]) {
        self.list = list
    }

    /// What a table makes of the columns before it can read them; made once.
    package func prepared<P: AnyObject & Sendable>(_ make: ([ScanColumn]) -> P) -> P {
        preparation.withLock { known in
            if let prepared = known as? P { return prepared }
            let prepared = make(list)
            known = prepared
            return prepared
        }
    }
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
    /// VERSIONS BETWEEN: not the items at one version but all that they were between these, item by item and oldest
    /// first, with `$version`, `$change`, `$from` and `$to`; always forward.
    package var versions: ClosedRange<UInt64>?
    /// Conditions that all must be true; the table applies every one of them.
    package var conditions: [PushedCondition]
    package var columns: ScanColumns
    package var direction: ScanDirection
    /// To be looked at from time to time by a table that skips many rows.
    package var cancellation: Cancellation?

    package init(
        range: KeyRange = .all, version: UInt64? = nil, conditions: [PushedCondition] = [],
        columns: ScanColumns = ScanRequest.wholeItem, direction: ScanDirection = .forward,
        cancellation: Cancellation? = nil
    ) {
        self.range = range
        self.version = version
        self.conditions = conditions
        self.columns = columns
        self.direction = direction
        self.cancellation = cancellation
    }

    /// The item as the only column.
    package static let wholeItem = ScanColumns([.item])
}

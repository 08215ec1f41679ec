import HindsightKeyValue
import HindsightValues

/// Goes through the items in which two tables with the same kinds of keys differ, in key order: a merge of two scans.
///
///     let cursor = try reader.differences(from: old, at: v7, to: new, at: nil)
///     while try cursor.next() { compare(cursor.before, cursor.after) }
///
/// Items whose documents have the same bytes are passed over without being looked into.
package final class DifferenceCursor {
    private let left: TableCursor
    private let right: TableCursor
    private var hasLeft = false
    private var hasRight = false
    private var isStarted = false
    private var sides = Sides.both

    /// Which of the scans stand on the item shown.
    private enum Sides {
        case left, right, both
    }

    init(_ left: TableCursor, _ right: TableCursor) {
        self.left = left
        self.right = right
    }

    /// Goes to the next item that differs.
    ///
    /// - Returns: `false` at the end.
    package func next() throws(StorageError) -> Bool {
        while true {
            try advance()
            guard hasLeft || hasRight else { return false }
            sides = nearest
            let (left, right) = (left, right)
            if sides != .both || !left.document.isEqual(to: right.document) { return true }
        }
    }

    /// The first table's cursor, standing on the item; `nil` if there is none.
    package var before: TableCursor? { sides == .right ? nil : left }

    /// The second table's cursor, standing on the item; `nil` if there is none.
    package var after: TableCursor? { sides == .left ? nil : right }

    /// Leaves the item shown last.
    private func advance() throws(StorageError) {
        if !isStarted || sides != .right { hasLeft = try left.next() }
        if !isStarted || sides != .left { hasRight = try right.next() }
        isStarted = true
    }

    private var nearest: Sides {
        guard hasLeft, hasRight else { return hasLeft ? .left : .right }
        let (left, right) = (left, right)
        let order = left.key.compare(right.key)
        return order == 0 ? .both : order < 0 ? .left : .right
    }
}

extension StoreReader {
    /// What leads from one table at a version to another at one; versions from `resolve(_:for:)`, `nil` for now.
    ///
    /// - Complexity: O(n) for n items in both; constant memory.
    package final func differences(
        from table: TableInfo, at version: Version?, to other: TableInfo, at otherVersion: Version?
    ) throws(StorageError) -> DifferenceCursor {
        DifferenceCursor(
            try openCursor(table, at: version), try openCursor(other, at: otherVersion))
    }
}

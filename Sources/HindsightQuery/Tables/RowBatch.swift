import HindsightValues

/// Some rows of equal width in one flat array, so that a cursor behind a protocol is called once for many rows.
///
///     values: r0c0 r0c1 … r1c0 r1c1 …
package struct RowBatch: Sendable {
    /// Columns of a row.
    package let width: Int
    /// The rows' values; a cursor may write into the rows below `count` only.
    package var values: ContiguousArray<Value>
    package private(set) var count = 0

    package init(width: Int) {
        self.width = width
        values = []
    }

    /// Forgets the rows and keeps their memory.
    package mutating func removeAll() {
        count = 0
    }

    /// Forgets the rows and what they hold; keeps the memory of few values only.
    package mutating func forget() {
        count = 0
        if values.count > RowBatch.keptValues {
            values = []
        } else {
            for index in values.indices { values[index] = .missing }
        }
    }

    private static let keptValues = 16

    /// Adds a row and gives the index of its first column in `values`; what the columns hold until they are written is
    /// left over from earlier rows.
    package mutating func appendRow() -> Int {
        let base = count * width
        while values.count < base + width { values.append(.missing) }
        count += 1
        return base
    }

    /// Takes back the row that was added last.
    package mutating func removeLastRow() {
        count -= 1
    }
}

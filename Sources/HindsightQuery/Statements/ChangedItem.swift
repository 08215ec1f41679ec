import HindsightSyntax
import HindsightValues

/// An item whose state differs between two moments; MISSING where there is none.
struct ChangedItem {
    let key: Value
    let before: Value
    let after: Value

    /// What DIFF shows: what leads from one state to the other, the key, both states, the paths that differ.
    var row: Value {
        var row = Structure()
        row.append("op", .string(before.isMissing ? "insert" : after.isMissing ? "delete" : "update"))
        row.append("key", key)
        if !before.isMissing { row.append("before", before) }
        if !after.isMissing { row.append("after", after) }
        if let old = before.structureValue, let new = after.structureValue {
            row.append("changed", .list(old.changedPaths(to: new).map(Value.string)))
        }
        return .structure(row)
    }

    /// What leads back.
    var reversed: ChangedItem {
        ChangedItem(key: key, before: after, after: before)
    }
}

extension Frame {
    /// Calls `body` with each item of a table that differs between two moments, in the order of their keys.
    ///
    /// - Complexity: O(changes between the moments).
    mutating func forEachChange(
        of table: String, from: Moment, to: Moment,
        _ body: (ChangedItem, inout Frame) throws(QueryError) -> Void
    ) throws(QueryError) {
        let items = ChangedItemReader(try runtime().reader.changes(of: table, from: from, to: to))
        defer { items.close() }
        while let item = try items.next(&self) { try body(item, &self) }
    }
}

extension Structure {
    /// The paths at which another version of the item differs: as deep as structs go; lists are compared whole.
    fileprivate func changedPaths(to other: Structure) -> [String] {
        var paths: [String] = []
        for field in fields {
            switch (field.value, other[field.name]) {
            case (.structure(let structure), .structure(let otherStructure)?):
                paths += structure.changedPaths(to: otherStructure).map { "\(field.name).\($0)" }
            case (let value, let otherValue?) where value.isEqual(to: otherValue): continue
            default: paths.append(field.name)
            }
        }
        for field in other.fields where self[field.name] == nil { paths.append(field.name) }
        return paths
    }
}

import HindsightStorage

/// The plainest database that keeps every version: for each table, what it held after each commit.
struct VersionModel {
    struct Table {
        let id: Int
        let createdVersion: Version
        /// What the table held from each of these versions on, oldest first.
        var states: [(version: Version, items: [Int: String])]
        /// The first restorable version, where recovery is on.
        var floor: Version?

        var items: [Int: String] {
            states.last?.items ?? [:]
        }

        func items(at version: Version) -> [Int: String] {
            states.last { $0.version <= version }?.items ?? [:]
        }

        /// The versions of items that a period touches, by item and time. What an item was before it was there first is
        /// known only of commits above the floor, and of the table's own beginning.
        func versions(from: Version, to: Version) -> [ItemVersion] {
            let ids = Set(states.flatMap(\.items.keys)).sorted()
            return ids.flatMap { versions(of: $0, from: from, to: to) }
        }

        private func versions(of id: Int, from: Version, to: Version) -> [ItemVersion] {
            var versions: [ItemVersion] = []
            var text: String?
            for state in states where state.version <= to && state.items[id] != text {
                let (old, new) = (text, state.items[id])
                text = new
                if let last = versions.indices.last, versions[last].end == nil { versions[last].end = state.version }
                let isKnown = state.version > floor ?? 0 || state.version == createdVersion
                let change: VersionsCursor.Change = new == nil ? .delete : old == nil ? .insert : .update
                guard let shown = new ?? old else { continue }
                versions.append(
                    ItemVersion(
                        item: Item(id, shown), version: state.version, end: nil, change: isKnown ? change : nil,
                        isDeletion: new == nil))
            }
            return versions.filter { version in
                version.version > from || (!version.isDeletion && version.end.map { $0 > from } ?? true)
            }
        }
    }

    /// A version of an item; of a deletion, what was deleted.
    struct ItemVersion: Equatable {
        let item: Item
        let version: Version
        var end: Version?
        let change: VersionsCursor.Change?
        let isDeletion: Bool
    }

    private(set) var tables: [String: Table] = [:]
    private(set) var version: Version = 0
    /// Of commit 1 and so on.
    private(set) var times: [Int64] = []
    private var nextTable = 1

    /// Notes a commit that left these items in tables that it changed.
    mutating func commit(_ version: Version, _ time: Int64, _ changed: [String: [Int: String]] = [:]) {
        self.version = version
        times.append(time)
        for (name, items) in changed { tables[name]?.states.append((version, items)) }
    }

    mutating func create(_ name: String) {
        tables[name] = Table(id: nextTable, createdVersion: version, states: [(version, [:])])
        nextTable += 1
    }

    mutating func drop(_ name: String) {
        tables[name] = nil
    }

    mutating func rename(_ name: String, to newName: String) {
        tables[newName] = tables.removeValue(forKey: name)
    }

    mutating func setRecovery(_ name: String, _ isOn: Bool) {
        if !isOn { tables[name]?.floor = nil } else if tables[name]?.floor == nil { tables[name]?.floor = version }
    }

    /// `target` begins as what `source` held at `restored`.
    mutating func restore(_ source: String, to target: String, at restored: Version) {
        let items = tables[source]?.items(at: restored) ?? [:]
        tables[target] = Table(id: nextTable, createdVersion: version, states: [(version, items)])
        nextTable += 1
    }

    /// Retention lets versions before this one go.
    mutating func raiseFloors(to version: Version) {
        for name in tables.keys {
            if let floor = tables[name]?.floor { tables[name]?.floor = max(floor, version) }
        }
    }
}

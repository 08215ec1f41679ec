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

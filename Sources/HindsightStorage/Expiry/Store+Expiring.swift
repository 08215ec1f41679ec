import HindsightKeyValue
import HindsightValues

// Expiry: items whose time to live is over are deleted like any others, in commits of their own, so that the past knows
// them, indexes follow, and a revert or an INSERT … AS OF brings them back.
//
// They are found by going through the tables that have a time to live, once a minute of the clock at most, some items
// after each commit. A scan tests millions of items a second in place, and it looks at a snapshot, so it holds nobody;
// the writer is taken only when something was found, and looks at each item again. The road not taken is a hidden index by
// time: it would find the items at once, at the price of one more entry for every write to such a table.

/// What a search for expired items has done.
package struct ExpiryResult: Equatable, Sendable {
    /// Items that were looked at.
    package var searched = 0
    /// Items that were deleted.
    package var deleted = 0
}

extension Store {
    /// Deletes the items whose time has come, in transactions of `Limits.expiryDeletions` items at most.
    ///
    /// - Throws: `.readOnly`, `.reentrantWrite`, `.corrupt`, `.keyValue`. What was deleted before stays deleted.
    @discardableResult
    package func expireItems() throws(StorageError) -> ExpiryResult {
        try checkWritable()
        expiry.claim()
        defer { expiry.finish(at: clock(), catalog: knownTip?.catalog.counters.changes ?? 0) }
        var result = ExpiryResult()
        var place: ExpirySchedule.Place? = .init(table: 0)
        while let start = place {
            place = try expireStep(from: start, budget: Limits.expiryStep, into: &result)
        }
        return result
    }

    /// Looks at some more items, after a commit.
    func expireIfDue() {
        guard options.collectsAutomatically, let tip = knownTip, !tip.catalog.expiringTables.isEmpty else { return }
        guard let place = expiry.take(at: clock(), catalog: tip.catalog.counters.changes) else { return }
        var result = ExpiryResult()
        // The commit has succeeded. What goes wrong here shows when a write or a search of the user meets it.
        let next = try? expireStep(from: place, budget: Limits.expiryStep, into: &result)
        if let next {
            expiry.leave(at: next)
        } else {
            expiry.finish(at: clock(), catalog: tip.catalog.counters.changes)
        }
    }

    /// - Returns: where to go on; `nil` at the end.
    private func expireStep(
        from place: ExpirySchedule.Place, budget: Int, into result: inout ExpiryResult
    ) throws(StorageError) -> ExpirySchedule.Place? {
        let snapshot = try snapshot()
        defer { snapshot.close() }
        var (place, budget) = (place, budget)
        while budget > 0 {
            guard let id = snapshot.catalog.expiringTables.filter({ $0 >= place.table }).min(),
                let table = snapshot.catalog.tables[id]
            else { return nil }
            if id != place.table { place = .init(table: id) }
            let found = try snapshot.expiredKeys(of: table, after: &place, budget: &budget, into: &result)
            try deleteExpired(found, from: table, into: &result)
            if budget > 0, found.count < Limits.expiryDeletions { place = .init(table: id + 1) }
        }
        return place
    }

    private func deleteExpired(
        _ keys: [[UInt8]], from table: TableInfo, into result: inout ExpiryResult
    ) throws(StorageError) {
        guard !keys.isEmpty else { return }
        result.deleted += try writing(TimeToLive.statementText) { transaction throws(StorageError) in
            try transaction.deleteExpired(keys, from: table.id)
        }
    }
}

extension StoreReader {
    /// The keys of some expired items behind a place, which moves on.
    fileprivate func expiredKeys(
        of table: TableInfo, after place: inout ExpirySchedule.Place, budget: inout Int, into result: inout ExpiryResult
    ) throws(StorageError) -> [[UInt8]] {
        guard let rule = TimeToLive(of: table, at: now) else { return [] }
        var keys: [[UInt8]] = []
        let lower = place.key.isEmpty ? [] : place.key + [0]
        let cursor = try openCursor(table, KeyRange(lower: lower, upper: nil))
        while budget > 0, keys.count < Limits.expiryDeletions, try cursor.next() {
            budget -= 1
            result.searched += 1
            let isExpired = try rule.hasExpired(cursor.document)
            if isExpired { keys.append(cursor.key.array) }
            if isExpired || budget == 0 { place.key = cursor.key.array }
        }
        return keys
    }
}

extension StoreTransaction {
    /// Deletes those of the items that are still there and still expired.
    ///
    /// - Returns: how many.
    fileprivate func deleteExpired(_ keys: [[UInt8]], from id: UInt32) throws(StorageError) -> Int {
        guard let table = catalog.tables[id], let rule = TimeToLive(of: table, at: now) else { return 0 }
        var count = 0
        for key in keys {
            guard try hasExpired(key, in: table, rule) else { continue }
            if try delete(key: key, from: table) { count += 1 }
        }
        return count
    }

    private func hasExpired(
        _ key: [UInt8], in table: TableInfo, _ rule: TimeToLive
    ) throws(StorageError) -> Bool {
        guard let document = try get(table, key: key) else { return false }
        return try rule.hasExpired(document)
    }
}

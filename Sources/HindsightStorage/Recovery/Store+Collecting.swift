import HindsightKeyValue

// Collection: what nobody may read any more is removed, and what a fork still reads is copied into it first.
//
// It runs in small transactions of its own, which make no version: nothing that can be read changes. Each does one step
// of the first thing that there is to do, in this order, and can be the last one for a while. A step ends after a number of
// entries or some milliseconds, and waits for its turn among the writers, so that none of them waits longer than for one
// step:
//
//   1. copy      into a fork whose base is about to lose the past that the fork reads (`ForkCopier`)
//   2. build     indexes that do not have all entries yet (`IndexBuilder`)
//   3. history   undo records at or below a table's horizon, and tombstones that nothing needs (`HistoryCollector`)
//   4. free      whatever is left of dropped tables (`TableFreer`)
//   5. commits   records of commits older than any retention
//
// A table's *horizon* is the newest version that need not be told from older ones: the start of its restorable window, or
// the lowest version that a fork reads, whichever is older. Without either, everything is behind the horizon.

/// What a collection has done.
package struct CollectionResult: Equatable, Sendable {
    /// Entries that were copied into forks.
    package var copied = 0
    /// Entries that were removed.
    package var removed = 0
    /// Whether there is nothing more to do for now.
    package var isComplete = false
}

extension Store {
    /// Drops the backups whose time has come, removes what has left the restorable windows, and copies before what forks need of it.
    ///
    /// - Parameter limit: entries to touch at most, roughly; `Limits.collectionStep` of them in one transaction.
    /// - Throws: `.readOnly`, `.reentrantWrite`, `.corrupt`, `.keyValue`. What was done before stays done.
    @discardableResult
    package func collectGarbage(limit: Int = .max) throws(StorageError) -> CollectionResult {
        try checkWritable()
        var result = CollectionResult()
        while !result.isComplete, result.copied + result.removed < limit {
            let rest = limit - result.copied - result.removed
            try collectStep(budget: min(rest, Limits.collectionStep), into: &result)
            if !result.isComplete { pauseForOthers() }
        }
        return result
    }

    /// Lets those have the writer's lock who are not in the queue: other processes, and transactions that stay open.
    func pauseForOthers() {
        WallClock.sleep(milliseconds: Limits.collectionPauseMilliseconds)
    }

    /// Does a small step of what is due, after a commit.
    func collectIfDue() {
        guard options.collectsAutomatically, let tip = knownTip else { return }
        guard collection.isDue(at: clock(), catalog: tip.catalog.counters.changes) else { return }
        var result = CollectionResult()
        // The commit has succeeded. What goes wrong here shows when a write or a collection of the user meets it.
        try? collectStep(budget: Limits.automaticCollectionStep, into: &result)
    }

    private func collectStep(budget: Int, into result: inout CollectionResult) throws(StorageError) {
        let step = try inStep(budget: budget) { step throws(StorageError) in try step.run() }
        result.copied += step.copied
        result.removed += step.removed
        result.isComplete = !step.isUnfinished && step.copied + step.removed < budget
        if result.isComplete { collection.settle(at: clock(), catalog: step.reader.catalogVersion) }
    }

    /// Runs one transaction of the collector, when it is its turn.
    @discardableResult
    func inStep(
        budget: Int, _ body: (inout CollectionStep) throws(StorageError) -> Void
    ) throws(StorageError) -> CollectionStep {
        commits.joinAlone()
        defer { commits.handOver() }
        let access = TreeAccess(try beginWrite(), trees)
        let number = access.number
        let tip = try tip(access, number: number - 1, known: knownTip)
        let reader = StoreTransaction(store: self, access: access, tip: tip, statement: "")
        var step = CollectionStep(reader: reader, budget: budget, milliseconds: options.collectionMilliseconds)
        try body(&step)
        guard step.hasChanges else {
            access.abort()
            return step
        }
        try access.commit()
        var newTip = tip
        newTip.number = number
        newTip.catalog = reader.catalog
        remember(newTip)
        return step
    }
}

/// One transaction of the collector.
struct CollectionStep {
    /// Never sealed: its version does not come to be.
    let reader: StoreTransaction
    /// Entries that may still be touched.
    var budget: Int
    var copied = 0
    var removed = 0
    var hasChanges = false
    /// Something was begun that takes another step.
    var isUnfinished = false
    private let deadline: ContinuousClock.Instant
    /// Questions whether to go on since the last look at the clock.
    private var questions = 0

    var access: TreeAccess { reader.access }

    init(reader: StoreTransaction, budget: Int, milliseconds: Int) {
        self.reader = reader
        self.budget = budget
        deadline = .now + .milliseconds(milliseconds)
    }

    /// How often a step may go on between two looks at the clock, so that each comes on.
    private static let questionsUntimed = 32

    /// Whether a loop that has touched so many entries, not noted yet, may touch more. When the time is over, there is no
    /// budget left for anything else either.
    mutating func mayGoOn(after count: Int) -> Bool {
        guard count < budget else { return false }
        questions += 1
        guard questions >= Self.questionsUntimed else { return true }
        questions = 0
        return hasTime(after: count)
    }

    /// The same, with a look at the clock.
    mutating func hasTime(after count: Int) -> Bool {
        guard count < budget else { return false }
        guard ContinuousClock.now >= deadline else { return true }
        budget = count
        return false
    }

    mutating func run() throws(StorageError) {
        for backup in expiredBackups where budget > 0 { try drop(backup) }
        for fork in try forksToCopy() where budget > 0 { try copyBase(into: fork) }
        for fork in allTables where budget > 0 { try sweepTombstones(of: fork) }
        for index in pendingIndexes where budget > 0 { try build(index) }
        for table in allTables where budget > 0 {
            if let horizon = try horizon(of: table) { try collectHistory(of: table, through: horizon) }
        }
        for table in reader.catalog.dropped.values where budget > 0 && reader.catalog.pins[table.id] == nil {
            try free(table)
        }
        if budget > 0 { try collectCommits() }
        if budget <= 0 { isUnfinished = true }
    }

    /// In the order of their numbers, so that the same file is always collected in the same way.
    private var allTables: [TableInfo] {
        let catalog = reader.catalog
        let live = Array(catalog.tables.values) + Array(catalog.indexes.values) + Array(catalog.backups.values)
        return (live + Array(catalog.dropped.values)).sorted { $0.id < $1.id }
    }

    /// Nobody can see them any more.
    private var expiredBackups: [TableInfo] {
        reader.catalog.backups.values.filter { $0.isExpired(at: reader.now) }.sorted { $0.id < $1.id }
    }

    private mutating func drop(_ backup: TableInfo) throws(StorageError) {
        for table in reader.catalog.indexes(of: backup.id) + [backup] {
            try access.delete(.catalog, CatalogKey.numbered(CatalogKey.kind(of: table), table.id))
            reader.catalog.putDropped(table)
            try save(table)
        }
        note(removed: 1)
    }

    mutating func note(removed count: Int) {
        removed += count
        budget -= count
        if count > 0 { hasChanges = true }
    }

    mutating func note(copied count: Int) {
        copied += count
        budget -= count
        if count > 0 { hasChanges = true }
    }

    /// Writes a table's entry, dropped or not.
    mutating func save(_ table: TableInfo) throws(StorageError) {
        let isDropped = reader.catalog.dropped[table.id] != nil
        let kind = isDropped ? CatalogKey.droppedTables : CatalogKey.kind(of: table)
        try access.put(.catalog, CatalogKey.numbered(kind, table.id), table.encode())
        if isDropped { reader.catalog.putDropped(table) } else { reader.catalog.put(table) }
        try saveCounters()
    }

    mutating func saveCounters() throws(StorageError) {
        reader.catalog.counters.changes += 1
        try access.put(.catalog, CatalogKey.counters, reader.catalog.counters.encode())
        hasChanges = true
    }
}

// MARK: - Horizons

extension CollectionStep {
    /// The newest version that the table's own window, and its stream, let go; `.max` if it has neither.
    func windowHorizon(of table: TableInfo) throws(StorageError) -> Version {
        guard reader.catalog.dropped[table.id] == nil, table.backup == nil else { return .max }
        let begins = [try reader.restorableTimes(of: table)?.lowerBound, reader.streamBegin(of: table)]
        guard let begin = begins.compactMap({ $0 }).min() else { return .max }
        return try reader.version(atTime: begin)
    }

    /// Undo records at or below it can go. `nil` if the table is to be freed as a whole.
    private func horizon(of table: TableInfo) throws(StorageError) -> Version? {
        let pin = reader.catalog.pins[table.id]
        if reader.catalog.dropped[table.id] != nil, pin == nil { return nil }
        return min(try windowHorizon(of: table), pin ?? .max)
    }

    /// Whether a table is not just what it was at a version, so that keeping it for a backup would keep more.
    private func hasChanged(_ table: TableInfo, since version: Version) throws(StorageError) -> Bool {
        guard let newest = try reader.state(table.id, at: .max) else { return false }
        return newest.version > version
    }

    /// Forks whose base is to lose what they read, or that are too many levels high.
    private func forksToCopy() throws(StorageError) -> [TableInfo] {
        var forks: [TableInfo] = []
        for fork in allTables {
            guard let base = fork.base, let source = reader.catalog.table(base.table) else { continue }
            // What is dropped and not read through needs no copy.
            guard reader.catalog.isLive(fork.id) || reader.catalog.pins[fork.id] != nil else { continue }
            let isDeep = reader.catalog.depth(of: fork) > Limits.forkDepth
            let horizon = try windowHorizon(of: source)
            let isChanged = try hasChanged(source, since: base.version)
            let isNeeded = isChanged || !reader.catalog.isFrozen(fork)
            if isDeep || (horizon > base.version && isNeeded) { forks.append(fork) }
        }
        return forks
    }
}

import HindsightValues

/// The groups of a GROUP BY in memory, numbered in the order in which they came.
struct GroupTable {
    private let plan: CompiledGroup
    private var index = HashIndex()
    /// The keys of all groups, `plan.keys.count` for each.
    private(set) var keys: ContiguousArray<Value> = []
    /// The accumulators of all groups, `plan.aggregates.count` for each.
    private var accumulators: ContiguousArray<Accumulator> = []
    private var collectors: [GroupCollector] = []
    /// The number of each group's first row.
    private(set) var firstRows: ContiguousArray<Int64> = []
    private var memory = MemoryAccount()

    var count: Int { firstRows.count }

    init(_ plan: CompiledGroup) {
        self.plan = plan
    }

    mutating func removeAll(_ context: ExecutionContext?) {
        memory.release(context)
        self = GroupTable(plan)
    }

    // MARK: Groups

    /// The group of these keys.
    @inline(__always)
    func find(_ key: ContiguousArray<Value>, _ hash: UInt64) -> Int? {
        let width = key.count
        return index.find(hash) { number in
            var column = number &* width
            for value in key {
                guard KeyColumns.isEqual(keys[column], value) else { return false }
                column &+= 1
            }
            return true
        }
    }

    /// Adds a group of these keys.
    ///
    /// - Returns: false if the memory limit is passed. The group is there all the same.
    mutating func add(
        _ key: ContiguousArray<Value>, _ hash: UInt64, firstRow: Int64, _ context: ExecutionContext
    ) -> Bool {
        index.insert(count, hash)
        firstRows.append(firstRow)
        var bytes = GroupTable.groupBytes + plan.aggregates.count * MemoryLayout<Accumulator>.stride
        for value in key {
            keys.append(value)
            bytes += value.estimatedBytes
        }
        for aggregate in plan.aggregates { accumulators.append(aggregate.makeAccumulator()) }
        if let collection = plan.collection { collectors.append(GroupCollector(variables: collection.variables)) }
        return memory.charge(bytes, context)
    }

    /// Takes the row in the frame into a group.
    ///
    /// - Returns: false if the memory limit is passed. The row is taken all the same.
    @inline(__always)
    mutating func accumulate(_ frame: inout Frame, _ group: Int) throws(QueryError) -> Bool {
        let base = group &* plan.aggregates.count
        if plan.keepsValues { return try accumulateKeeping(&frame, group, base) }
        let aggregates = plan.aggregates
        for index in aggregates.indices { try aggregates[index].add(&frame, to: &accumulators[base &+ index]) }
        return true
    }

    /// Accumulates and accounts for the values that DISTINCT and GROUP AS keep.
    private mutating func accumulateKeeping(
        _ frame: inout Frame, _ group: Int, _ base: Int
    ) throws(QueryError) -> Bool {
        var bytes = 0
        for (index, aggregate) in plan.aggregates.enumerated() {
            bytes += try keeping(base + index) { (accumulator) throws(QueryError) in
                try aggregate.add(&frame, to: &accumulator)
            }
        }
        if let collection = plan.collection {
            collectors[group].add(frame)
            bytes += GroupTable.tupleBytes
            for variable in collection.variables { bytes += frame.slots[variable.slot].estimatedBytes }
        }
        return memory.charge(bytes, frame.context)
    }

    /// - Returns: the bytes of values that the accumulator keeps since.
    private mutating func keeping(
        _ index: Int, _ body: (inout Accumulator) throws(QueryError) -> Void
    ) throws(QueryError) -> Int {
        let before = accumulators[index].heldBytes
        try body(&accumulators[index])
        return accumulators[index].heldBytes - before
    }

    // MARK: Results

    /// Puts keys and results of a group into the frame.
    func restore(_ group: Int, _ frame: inout Frame) throws(QueryError) {
        var column = group * plan.keySlots.count
        for slot in plan.keySlots {
            frame.slots[slot] = keys[column]
            column += 1
        }
        for (index, slot) in plan.aggregateSlots.enumerated() {
            frame.slots[slot] = try result(group, index)
        }
        if let collection = plan.collection { frame.slots[collection.slot] = collectors[group].value() }
    }

    /// Writes keys and results of all groups.
    func writeResults(_ writer: RunWriter) throws(QueryError) {
        for group in 0..<count {
            writeHead(group, writer)
            for index in plan.aggregates.indices { writer.append(try result(group, index)) }
            if plan.collection != nil { writer.append(collectors[group].value()) }
            try writer.endRow()
        }
    }

    private func result(_ group: Int, _ index: Int) throws(QueryError) -> Value {
        try plan.aggregates[index].value(of: accumulators[group * plan.aggregates.count + index])
    }

    private func writeHead(_ group: Int, _ writer: RunWriter) {
        writer.append(.int(firstRows[group]))
        writer.append(keys[group * plan.keys.count..<(group + 1) * plan.keys.count])
    }

    // MARK: Spilled rows

    // A spilled row is the number of an input row, the keys, a value for each aggregate, and for GROUP AS the values of its
    // variables. A group that was begun in memory is one such row as well: its number is that of its first row, inverted,
    // its values are the states of the accumulators, and the first variable is the bag so far.

    static func spilledWidth(_ plan: CompiledGroup) -> Int {
        1 + plan.keys.count + plan.aggregates.count + (plan.collection.map { max($0.variables.count, 1) } ?? 0)
    }

    /// Writes all groups as far as they have come.
    func writeStates(_ parts: Partitions) throws(QueryError) {
        for group in 0..<count {
            let key = keys[group * plan.keys.count..<(group + 1) * plan.keys.count]
            let writer = parts[KeyColumns.hash(key)]
            writer.append(.int(~firstRows[group]))
            writer.append(key)
            for index in plan.aggregates.indices {
                writer.append(accumulators[group * plan.aggregates.count + index].state)
            }
            if let collection = plan.collection {
                writer.append(collectors[group].value())
                for _ in collection.variables.dropFirst() { writer.append(.missing) }
            }
            try writer.endRow()
        }
    }

    /// Takes a spilled row.
    ///
    /// - Returns: false if the memory limit is passed. The row is taken all the same.
    mutating func take(_ row: ContiguousArray<Value>, _ context: ExecutionContext) throws(QueryError) -> Bool {
        guard case .int(let number) = row[0] else { return true }
        let key = ContiguousArray(row[1..<1 + plan.keys.count])
        let hash = KeyColumns.hash(key[...])
        var isWithinLimit = true
        let group = find(key, hash) ?? count
        if group == count {
            isWithinLimit = add(key, hash, firstRow: number < 0 ? ~number : number, context)
        }
        var bytes = 0
        for (index, aggregate) in plan.aggregates.enumerated() {
            let value = row[1 + plan.keys.count + index]
            bytes += try keeping(group * plan.aggregates.count + index) { (accumulator) throws(QueryError) in
                if number < 0 { accumulator.restore(value) } else { try aggregate.add(value, to: &accumulator) }
            }
        }
        if plan.collection != nil {
            let values = row[(1 + plan.keys.count + plan.aggregates.count)...]
            collectors[group].add(values, isState: number < 0)
            bytes += values.reduce(GroupTable.tupleBytes) { $0 + $1.estimatedBytes }
        }
        return memory.charge(bytes, context) && isWithinLimit
    }

    /// Bytes of a group beside its keys and accumulators.
    private static let groupBytes = HashIndex.entryBytes + 16
    /// Bytes of a tuple of GROUP AS beside its values.
    private static let tupleBytes = 56
}

import HindsightValues

/// Distinct values in memory, numbered in the order in which they came.
struct ValueTable {
    private var index = HashIndex()
    private(set) var values: ContiguousArray<Value> = []
    private var memory = MemoryAccount()

    func find(_ value: Value, _ hash: UInt64) -> Int? {
        index.find(hash) { values[$0].isEqual(to: value) }
    }

    /// Adds a value that is not there yet.
    ///
    /// - Returns: false if the memory limit is passed. The value is there all the same.
    mutating func add(_ value: Value, _ hash: UInt64, _ context: ExecutionContext) -> Bool {
        index.insert(values.count, hash)
        values.append(value)
        return memory.charge(value.estimatedBytes + ValueTable.entryBytes, context)
    }

    mutating func removeAll(_ context: ExecutionContext?) {
        memory.release(context)
        self = ValueTable()
    }

    /// Bytes of an entry beside the value, with room for a count of it.
    private static let entryBytes = HashIndex.entryBytes + 8
}

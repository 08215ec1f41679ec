/// What an index may be, by DynamoDB's rules.
struct IndexRules {
    let table: TableInfo
    /// The indexes that the table has already.
    let others: [TableInfo]

    func check(_ definition: IndexDefinition) throws(StorageError) {
        try checkName(definition.name)
        try checkKeys(definition)
        try checkTypes(definition)
        try checkCounts(definition)
    }

    private func checkName(_ name: String) throws(StorageError) {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isPlain, Limits.indexNameBytes.contains(name.utf8.count) else { throw .invalidIndexName(name) }
        guard !others.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            throw .indexExists(table: table.name, index: name)
        }
    }

    private func checkKeys(_ definition: IndexDefinition) throws(StorageError) {
        let keys = definition.keyAttributes
        let isRepeated = keys.count == 2 && keys[0].isSame(as: keys[1])
        // 255: DynamoDB, an attribute name that is a key of an index.
        guard !isRepeated, keys.allSatisfy({ (1...255).contains($0.name.utf8.count) }) else {
            throw .invalidIndexKeys(index: definition.name)
        }
        guard definition.scope == .local else { return }
        guard table.sortKey != nil else {
            throw .invalidLocalIndex(index: definition.name, reason: "the table has no sort key")
        }
        guard keys[0].isSame(as: table.partitionKey) else {
            throw .invalidLocalIndex(
                index: definition.name,
                reason: "its partition key must be that of the table, \(table.partitionKey.name)")
        }
        guard keys.count == 2 else { throw .invalidLocalIndex(index: definition.name, reason: "it has no sort key") }
    }

    /// An attribute has one type in all keys.
    private func checkTypes(_ definition: IndexDefinition) throws(StorageError) {
        let known = table.indexKeyAttributes + others.flatMap(\.indexKeyAttributes)
        for key in definition.keyAttributes {
            if let other = known.first(where: { $0.isSame(as: key) && $0.kind != key.kind }) {
                throw .indexKeyConflict(index: definition.name, attribute: key.name, is: other.kind, wanted: key.kind)
            }
        }
    }

    private func checkCounts(_ definition: IndexDefinition) throws(StorageError) {
        let limit = definition.scope == .global ? Limits.globalIndexes : Limits.localIndexes
        guard others.count(where: { $0.index?.scope == definition.scope }) < limit else {
            throw .tooManyIndexes(table: table.name, scope: definition.scope, limit: limit)
        }
        let projected = (others.compactMap { $0.index?.projection } + [definition.projection]).map(\.attributeCount)
        guard projected.reduce(0, +) <= Limits.projectedAttributes else {
            throw .tooManyProjectedAttributes(table: table.name, limit: Limits.projectedAttributes)
        }
    }
}

extension IndexInfo.Projection {
    fileprivate var attributeCount: Int {
        if case .attributes(let names) = self { names.count } else { 0 }
    }
}

/// What makes a keyspace an index: the table that it belongs to, and how it is built.
///
/// An index is a keyspace like a table's, described by a `TableInfo` of its own whose `index` is set: versioned, forked,
/// collected and freed by the same code. Its entries are documents of the key attributes alone, those of the index
/// first, and the entry's key is made of the same attributes in this order, so that it is unique.
///
///     table   (Id)            {Id: 'a', Genre: 'Rock', Price: 9, Title: '…'}
///     index   (Genre, Price)  "Rock"/9/"a"   {Genre: 'Rock', Price: 9, Id: 'a'}
///
/// An item that lacks one of the index's own attributes has no entry.
package struct IndexInfo: Equatable, Sendable {
    package enum Scope: UInt8, Equatable, Sendable {
        case global = 1
        /// Of the table's partition key, with another sort key.
        case local = 2
    }

    /// Which attributes whoever reads the index by its name gets to see, beside all keys.
    package enum Projection: Equatable, Sendable {
        case all
        case keys
        case attributes([String])
    }

    /// What was found in items that are not in the index; each stays known once it was met.
    package struct Traits: OptionSet, Equatable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Items have the partition key of the index, but not its sort key.
        package static let hasPartial = Traits(rawValue: 1)
        /// Items have an attribute whose name differs from that of a key by case alone, and not the key.
        package static let hasOtherCase = Traits(rawValue: 2)
        /// Items that were there before the index have a key attribute of another type.
        package static let hasOtherTypes = Traits(rawValue: 4)
        /// Among these are symbols, which equal strings.
        package static let hasSymbols = Traits(rawValue: 8)
    }

    /// The number of the table.
    package let table: UInt32
    package let scope: Scope
    package let projection: Projection
    /// The key attributes of the table.
    package let primaryKey: [KeyAttribute]
    /// Whether all items have their entries; before, the index cannot be read.
    package var isReady: Bool
    package var traits: Traits = []
}

/// What a new index is to be.
package struct IndexDefinition: Equatable, Sendable {
    package var name: String
    package var scope: IndexInfo.Scope
    package var partitionKey: KeyAttribute
    package var sortKey: KeyAttribute?
    package var projection: IndexInfo.Projection

    package init(
        name: String, scope: IndexInfo.Scope = .global, partitionKey: KeyAttribute, sortKey: KeyAttribute? = nil,
        projection: IndexInfo.Projection = .all
    ) {
        self.name = name
        self.scope = scope
        self.partitionKey = partitionKey
        self.sortKey = sortKey
        self.projection = projection
    }

    init(_ index: TableInfo, _ info: IndexInfo) {
        self.init(
            name: index.name, scope: info.scope, partitionKey: index.partitionKey, sortKey: index.sortKey,
            projection: info.projection)
    }

    var keyAttributes: [KeyAttribute] { [partitionKey] + (sortKey.map { [$0] } ?? []) }
}

extension TableInfo {
    /// The attributes whose components are the key of the keyspace, in this order.
    package var keyAttributes: [KeyAttribute] {
        let own = indexKeyAttributes
        guard let index else { return own }
        return own + index.primaryKey.filter { attribute in !own.contains { $0.isSame(as: attribute) } }
    }

    /// The attributes that the statement named as keys.
    package var indexKeyAttributes: [KeyAttribute] {
        [partitionKey] + (sortKey.map { [$0] } ?? [])
    }
}

extension KeyAttribute {
    /// By the bytes of the name.
    package func isSame(as other: KeyAttribute) -> Bool {
        name.utf8.elementsEqual(other.name.utf8)
    }
}

/// The numbers of keyspaces: those of indexes have the high bit set, so that they can be told from tables for ever.
enum KeyspaceNumber {
    private static let indexBit: UInt32 = 1 << 31

    static func index(_ number: UInt32) -> UInt32 { number | indexBit }

    static func isIndex(_ keyspace: UInt32) -> Bool { keyspace & indexBit != 0 }

    /// As it was counted.
    static func number(_ keyspace: UInt32) -> UInt32 { keyspace & ~indexBit }

    /// `t3`, `i4`.
    static func words(_ keyspace: UInt32) -> String {
        "\(isIndex(keyspace) ? "i" : "t")\(number(keyspace))"
    }
}

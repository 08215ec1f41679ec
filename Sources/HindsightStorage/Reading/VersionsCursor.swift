import HindsightKeyValue
import HindsightValues

/// Goes through the versions that the items of a table had in a period: item after item in key order, the versions of each
/// from the oldest to the newest.
///
///     let cursor = try reader.versions(of: table, from: .earliest, to: .latest)
///     while try cursor.next() { use(cursor.version, cursor.end, cursor.change, cursor.document) }
///
/// The first version of an item is the one that held when the period began. It costs a look at every key of the range and
/// then the chains of what was changed: the history of one item costs its own chain, whatever else the table holds. In a
/// write transaction it goes on over changes made meanwhile; bytes that it has shown are gone with the change.
package final class VersionsCursor {
    /// What a commit did to an item.
    package enum Change: Sendable {
        case insert, update, delete
    }

    private let reader: StoreReader
    private let access: TreeAccess
    private let table: TableInfo
    private let from: Version
    private let to: Version
    /// The undo records of all commits above it are there.
    private let floor: Version
    private let keys: KnownKeys
    /// The states of the current key that are still to be shown, newest first; the records' places.
    private var states: ContiguousArray<State> = []
    /// What the key was before the state shown next; `nil` if that is not known.
    private var older: (kind: ChangeRecord.Kind, document: BytesPosition)?
    private var generation: UInt = 0
    private var keyBuffer: [UInt8] = []
    private var documentPlace = BytesPosition.none

    /// The commit that made this version; that of a fork for what it was made with.
    package private(set) var version: Version = 0
    /// The commit that ended it; `nil` if it still held at the end of the period.
    package private(set) var end: Version?
    /// `nil` if the commit lies so far back that it is not known what the item was before.
    package private(set) var change: Change?

    init(
        _ reader: StoreReader, _ table: TableInfo, _ range: KeyRange, from: Version, to: Version, floor: Version
    ) throws(StorageError) {
        self.reader = reader
        access = reader.access
        self.table = table
        self.from = from
        self.to = to
        self.floor = floor
        keys = try KnownKeys(reader, table, range)
    }

    /// Goes to the next version.
    ///
    /// - Returns: `false` at the end.
    package func next() throws(StorageError) -> Bool {
        guard access.isOpen else { throw .closed }
        if !states.isEmpty, access.generation != generation { try gatherAgain() }
        while true {
            while let state = states.popLast() {
                if try show(state) { return true }
            }
            guard try keys.next() else { return false }
            try gather()
        }
    }

    /// The whole key code of the item.
    package var key: [UInt8] { keys.key }

    /// The item's document, in place; that of the item that was deleted, for a deletion.
    ///
    /// - Precondition: `next` has returned `true`, and nothing was written since.
    package var document: RawSpan {
        @_lifetime(borrow self)
        get { access.view(documentPlace, heldBy: self) }
    }
}

// MARK: - One item

extension VersionsCursor {
    /// What a key was from one commit to another.
    private struct State {
        let document: BytesPosition
        /// The commit that made it.
        let version: Version
        /// The commit that ended it; `nil` for the present.
        let end: Version?
        let kind: ChangeRecord.Kind
    }

    /// A state, and how to go on down its chain.
    private typealias Link = (state: State, header: ItemHeader)

    /// Gathers the states of the key that the period touches.
    private func gather() throws(StorageError) {
        generation = access.generation
        older = nil
        guard var link = try present() else { return }
        while link.header.version > to {
            guard let pointer = link.header.next(toward: to) else { return }
            link = try self.link(pointer)
        }
        states.append(link.state)
        while link.header.version > from, let pointer = link.header.previousRecord {
            link = try self.link(pointer)
            append(link.state)
        }
        try findOlder(than: link.header)
    }

    /// Adds the next older state. A commit that added an item and removed it again leaves a tombstone that ended nothing.
    private func append(_ state: State) {
        guard let newer = states.last, newer.kind == .tombstone, state.kind != .item else {
            return states.append(state)
        }
        states[states.count - 1] = State(
            document: state.document, version: state.version, end: newer.end, kind: state.kind)
    }

    /// Gathers anew after a change of the transaction what was not shown yet.
    private func gatherAgain() throws(StorageError) {
        let count = states.count
        states.removeAll(keepingCapacity: true)
        try gather()
        while states.count > count, let shown = states.popLast() { older = (shown.kind, shown.document) }
    }

    /// What the key is now, or in the base of a fork, where it is as old as the fork.
    private func present() throws(StorageError) -> Link? {
        let storedKey = KeyCode.storedKey(key)
        for (tree, kind) in [(TreeName.live, ChangeRecord.Kind.item), (.deleted, .tombstone)] {
            RawKey.item(table.id, storedKey, in: &reader.keyBuffer)
            guard let position = try access.position(access.tree(tree), reader.keyBuffer) else { continue }
            let item = try reader.storedItem(at: position, of: key, tree)
            let document = position.extracting(item.document)
            return (State(document: document, version: item.header.version, end: nil, kind: kind), item.header)
        }
        guard let base = table.base, let source = reader.catalog.table(base.table),
            let place = try reader.place(of: key, in: source, at: base.version)
        else { return nil }
        let header = ItemHeader(version: table.createdVersion, previous: nil)
        return (State(document: place.document, version: header.version, end: nil, kind: .item), header)
    }

    private func link(_ pointer: RecordPointer) throws(StorageError) -> Link {
        let (position, record) = try access.record(table.id, pointer, &keyBuffer)
        let header = record.item.header
        let document = position.extracting(record.item.document)
        return (State(document: document, version: header.version, end: pointer.version, kind: record.kind), header)
    }

    /// Finds what the key was before the oldest state that is shown.
    private func findOlder(than header: ItemHeader) throws(StorageError) {
        if header.version <= table.createdVersion {
            older = (.nothing, .none)
        } else if header.version > floor, let pointer = header.previousRecord {
            let before = try link(pointer).state
            older = (before.kind, before.document)
        }
    }

    /// Makes a state the current version.
    ///
    /// - Returns: `false` if there was no item, and it is no deletion in the period either.
    private func show(_ state: State) throws(StorageError) -> Bool {
        let before = older
        older = (state.kind, state.document)
        version = state.version
        end = state.end.flatMap { $0 <= to ? $0 : nil }
        switch state.kind {
        case .nothing: return false
        case .item:
            documentPlace = state.document
            change = before.map { $0.kind == .item ? .update : .insert }
            return true
        case .tombstone:
            guard version > from, let before, before.kind == .item else { return false }
            documentPlace = before.document
            change = .delete
            return true
        }
    }
}

extension StoreReader {
    /// The versions that the items of a table had between two versions that were resolved for it, both included.
    ///
    /// - Parameter range: the keys to look at.
    /// - Throws: `.recoveryOff`.
    /// - Complexity: O(k log n) reads for k keys and versions; 40 bytes for each version of one item at a time.
    package final func versions(
        of table: TableInfo, _ range: KeyRange = .all, from: Version, to: Version
    ) throws(StorageError) -> VersionsCursor {
        let floor = try resolve(.earliest, for: table)
        return try VersionsCursor(self, table, range, from: from, to: to, floor: floor)
    }
}

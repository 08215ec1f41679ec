import CLMDB

/// Where stored bytes lie: a place in a form that can be kept in arrays and objects, where a `RawSpan` cannot be.
///
/// It is good for looking as long as the transaction lasts that it came from, and, in a write transaction, until its
/// next change; `bytes(at:heldBy:)` checks that.
@usableFromInline
package struct BytesPosition: BitwiseCopyable, Sendable {
    @usableFromInline let address: UInt
    @usableFromInline let count: UInt32
    /// The low half of the transaction's generation.
    @usableFromInline let generation: UInt32

    @inlinable
    init(_ stored: MDB_val, generation: UInt) {
        address = UInt(bitPattern: stored.mv_data)
        count = UInt32(stored.mv_size)
        self.generation = UInt32(truncatingIfNeeded: generation)
    }

    @inlinable
    init(address: UInt, count: UInt32, generation: UInt32) {
        self.address = address
        self.count = count
        self.generation = generation
    }

    /// No bytes, of no transaction.
    @inlinable package static var none: BytesPosition { BytesPosition(address: 0, count: 0, generation: .max) }

    @inlinable package var byteCount: Int { Int(count) }

    /// A part of the bytes.
    ///
    /// - Precondition: the range lies in them.
    @inlinable
    package func extracting(_ range: Range<Int>) -> BytesPosition {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "the range lies in the bytes")
        return BytesPosition(
            address: address &+ UInt(range.lowerBound), count: UInt32(range.count), generation: generation)
    }
}

extension Transaction {
    /// Where the value of `key` lies, or `nil` if there is none.
    @inlinable
    package func position(_ tree: Tree, _ key: borrowing RawSpan) throws(KeyValueError) -> BytesPosition? {
        guard let found = try find(tree, key) else { return nil }
        return BytesPosition(found, generation: state.pointee.generation)
    }

    /// Looks at positions of this transaction.
    package var viewer: BytesViewer { BytesViewer(core) }
}

/// Looks at the bytes at positions of one transaction. Kept beside the transaction by its owner, who sees to it that the
/// transaction lasts: what a viewer shows is checked against changes of the transaction, and not against its end.
@usableFromInline
package struct BytesViewer {
    /// Keeps `state` in memory.
    private let core: TransactionCore
    @usableFromInline let state: UnsafeMutablePointer<TransactionCore.State>

    init(_ core: TransactionCore) {
        self.core = core
        state = core.state
    }

    /// Counts the changes of the transaction: while it stays the same, positions are good.
    @inlinable package var generation: UInt { state.pointee.generation }

    /// The bytes at a position of the transaction, borrowed from the object that holds the viewer.
    ///
    /// - Precondition: since the position was taken, nothing was changed, no nested transaction was begun or ended, and
    ///   the transaction was not ended or reset.
    @inlinable
    @_lifetime(borrow owner)
    package func bytes<Owner: AnyObject>(at position: BytesPosition, heldBy owner: borrowing Owner) -> RawSpan {
        precondition(
            position.generation == UInt32(truncatingIfNeeded: state.pointee.generation),
            "bytes are looked at before the transaction changes")
        let stored = MDB_val(
            mv_size: position.byteCount, mv_data: UnsafeMutableRawPointer(bitPattern: position.address))
        return _overrideLifetime(RawSpan(viewing: stored), borrowing: owner)
    }

    /// Tells the processor that the bytes at a position will be looked at soon.
    @inlinable
    package func prefetch(_ position: BytesPosition) {
        hindsight_prefetch(UnsafeRawPointer(bitPattern: position.address))
    }
}

extension Cursor {
    /// Where key and value lie.
    ///
    /// - Precondition: the cursor stands on an entry.
    @inlinable
    package var positions: (key: BytesPosition, value: BytesPosition) {
        let current = current
        let generation = transaction.pointee.generation
        return (
            BytesPosition(current.key, generation: generation), BytesPosition(current.value, generation: generation)
        )
    }

    /// Where the key lies.
    ///
    /// - Precondition: the cursor stands on an entry.
    @inlinable
    package var keyPosition: BytesPosition {
        BytesPosition(current.key, generation: transaction.pointee.generation)
    }

    /// Where the value lies.
    ///
    /// - Precondition: the cursor stands on an entry.
    @inlinable
    package var valuePosition: BytesPosition {
        BytesPosition(current.value, generation: transaction.pointee.generation)
    }
}

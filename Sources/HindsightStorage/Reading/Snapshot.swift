import HindsightKeyValue

/// The present at one version: later commits do not show. Ended by `close` or by letting it go.
///
/// An open snapshot keeps the pages that it sees from being used again, so the file grows under it when much is written.
package final class Snapshot: StoreReader, @unchecked Sendable {
    init(store: Store, access: TreeAccess, tip: Tip) {
        super.init(
            store: store, access: access, catalog: tip.catalog, version: tip.version, time: tip.time,
            committed: tip.version)
    }

    deinit {
        giveBack()
    }

    /// Gives the snapshot up. Reading from it throws `StorageError.closed` afterwards; calling it again does nothing.
    package func close() {
        giveBack()
    }

    private func giveBack() {
        guard access.isOpen else { return }
        store.recycle(access)
        access = store.endedAccess
    }
}

import HindsightKeyValue
import HindsightValues

extension Verification {
    /// An index that is ready has exactly the entries that the items of its table ask for.
    func verifyEntries(of index: TableInfo) throws {
        guard let info = index.index, info.isReady, let table = reader.catalog.tables[info.table] else { return }
        let maker = IndexEntryMaker(index)
        var expected = 0
        let cursor = try reader.openCursor(table)
        while try cursor.next() {
            guard case .entry(let entry) = try maker.lenientOutcome(of: cursor.document) else { continue }
            expected += 1
            try pause()
            let place = "\"\(table.name)\".\"\(index.name)\" at \(KeyCode.describe(entry.key.whole.rawSpan))"
            guard let found = try reader.place(of: entry.key.whole, in: index, at: nil) else {
                find(.contradiction, at: place, "an item has no entry in the index")
                continue
            }
            let document = entry.document.rawSpan
            if !access.view(found.document).isEqual(to: document) {
                find(.contradiction, at: place, "the entry does not say what the item does")
            }
        }
        let there = try reader.size(of: index).items
        if there != expected {
            find(
                .contradiction, at: "\"\(table.name)\".\"\(index.name)\"",
                "\(there) entries are there, and the items ask for \(expected)")
        }
    }
}

import HindsightTestSupport
import HindsightValues

@testable import HindsightStorage

/// Items with an `id`, and a `text` that an index is over: the index `byText` of a table must always have exactly the items
/// with a text, in the order of text and id.
enum IndexModel {
    static let name = "byText"

    static var definition: IndexDefinition {
        IndexDefinition(name: name, partitionKey: KeyAttribute(name: "text", kind: .string))
    }

    /// In the order of the texts' bytes, then of the numbers.
    static func ordered(_ items: [Item]) -> [Item] {
        items.sorted { left, right in
            if left.text.utf8.elementsEqual(right.text.utf8) { return left.id < right.id }
            return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
        }
    }
}

extension StoreReader {
    /// The entries of a table's index, each as its item.
    func indexItems(
        _ name: String = "t", index: String = IndexModel.name, at moment: Moment = .now,
        _ direction: Direction = .forward
    ) throws -> [Item] {
        guard let table = table(named: name) else { throw StorageError.tableNotFound(name) }
        guard let info = self.index(named: index, of: table) else {
            throw StorageError.indexNotFound(table: name, index: index)
        }
        let version = try resolve(moment, for: table)
        try checkReadable(info, of: table, at: version)
        let cursor = try openCursor(info, .all, at: version, direction)
        var items: [Item] = []
        while try cursor.next() {
            let entry = try Item(cursor.document)
            let item = try Item(item(of: cursor.document, in: table, at: version))
            guard entry == item else { throw StorageError.corrupt(what: "an entry", key: "\(entry) is not \(item)") }
            items.append(item)
        }
        return items
    }
}

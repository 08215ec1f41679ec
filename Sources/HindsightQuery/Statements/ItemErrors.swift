import HindsightSyntax
import HindsightValues

extension QueryError {
    /// The error with the key of the item that it befell.
    func noting(_ key: ItemKey, _ schema: TableSchema) -> QueryError {
        var error = self
        error.diagnostic.notes.append(Diagnostic.Note("the item's key: \(schema.text(of: key))"))
        return error
    }
}

extension TableSchema {
    /// A key in words: `Customer = 'ada', Id = 1`.
    fileprivate func text(of key: ItemKey) -> String {
        let values = [key.partition] + (key.sort.map { [$0] } ?? [])
        return zip(keyAttributes, values).map { attribute, value in
            let text = value.description
            return "\(attribute.name) = \(text.count > 80 ? text.prefix(80) + "…" : text)"
        }.joined(separator: ", ")
    }
}

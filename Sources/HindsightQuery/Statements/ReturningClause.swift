import HindsightSyntax
import HindsightValues

/// RETURNING, ready to run: which image of a changed item, and which part of it, becomes a row.
struct ReturningClause: Sendable {
    private struct Part: Sendable {
        let image: Returning.Image
        /// The value over the image and its name; nil for `*`.
        let value: (evaluator: Evaluator, name: String)?
    }

    private let parts: [Part]
    private let keyNames: [String]
    /// The image that an expression reads.
    private let imageSlot: Int

    /// - Throws: `invalidTarget` for forms that mean nothing for a DELETE.
    init?(
        _ returning: Returning?, _ source: ItemSource, _ statement: StatementBinder, isDelete: Bool
    ) throws(QueryError) {
        guard let returning else { return nil }
        imageSlot = statement.makeSlot()
        let scope = Scope(parent: nil)
        try scope.add(ScopeVariable(name: source.name, role: .source, content: .slot(imageSlot)))
        var parts: [Part] = []
        for item in returning.items {
            if isDelete, item.image.isNew || item.image.isModified {
                throw QueryError(
                    .invalidTarget, "RETURNING \(item.image.words) means nothing for a DELETE", at: returning.span,
                    hint: "only RETURNING ALL OLD is allowed in DELETE statements")
            }
            var value: (evaluator: Evaluator, name: String)?
            if let expression = item.expression {
                let bound = try statement.bind(expression, in: scope)
                let name = item.alias?.text ?? expression.derivedName ?? "_\(parts.count + 1)"
                value = (try statement.compiler.expressions.compile(bound), name)
            }
            parts.append(Part(image: item.image, value: value))
        }
        self.parts = parts
        keyNames = source.schema.keyAttributes.map(\.name)
    }

    /// The row for one changed item; nil if nothing is left of it.
    ///
    /// - Parameter touched: the paths that the statement changed; nil for all.
    func row(
        old: Structure?, new: Structure?, touched: [ItemPath]?, _ frame: inout Frame
    ) throws(QueryError) -> Value? {
        var row = Structure()
        for part in parts {
            guard var image = part.image.isNew ? new : old else { continue }
            if part.image.isModified { image = modified(image, touched) }
            guard let (evaluator, name) = part.value else {
                row.fields.append(contentsOf: image.fields)
                continue
            }
            frame.slots[imageSlot] = .structure(image)
            let value = try evaluator(&frame)
            if !value.isMissing { row.append(name, value) }
        }
        return row.isEmpty ? nil : .structure(row)
    }

    /// The touched attributes, never those of the key.
    private func modified(_ item: Structure, _ touched: [ItemPath]?) -> Structure {
        guard let touched else {
            return Structure(
                fields: item.fields.filter { field in !keyNames.contains { TextOrder.isEqual($0, field.name) } })
        }
        return item.part(
            at: touched.filter { path in !keyNames.contains { path.isAttribute($0) } }.map { $0.steps[...] })
    }
}

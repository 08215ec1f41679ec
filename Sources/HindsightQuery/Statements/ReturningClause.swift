import HindsightSyntax
import HindsightValues

/// RETURNING, ready to run: which image of a changed item, and which part of it, becomes a row.
struct ReturningClause: Sendable {
    private struct Part: Sendable {
        let isModified: Bool
        let isNew: Bool
        /// The path and the name of its value; nil for `*`.
        let path: (path: UpdateTarget, name: String)?
    }

    private let parts: [Part]
    private let keyNames: [String]

    /// - Throws: `invalidTarget` for forms that mean nothing for a DELETE.
    init?(_ returning: Returning?, _ source: ItemSource, isDelete: Bool) throws(QueryError) {
        guard let returning else { return nil }
        var parts: [Part] = []
        for item in returning.items {
            if isDelete, item.image == .new || item.scope == .modified {
                throw QueryError(
                    .invalidTarget,
                    "RETURNING \(item.scope.rawValue) \(item.image.rawValue) means nothing for a DELETE",
                    at: returning.span, hint: "only RETURNING ALL OLD is allowed in DELETE statements")
            }
            var path: (path: UpdateTarget, name: String)?
            if let expression = item.path {
                path = (try source.bindPath(expression), expression.derivedName ?? "_\(parts.count + 1)")
            }
            parts.append(Part(isModified: item.scope == .modified, isNew: item.image == .new, path: path))
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
            guard var image = part.isNew ? new : old else { continue }
            if part.isModified { image = modified(image, touched) }
            guard let (target, name) = part.path else {
                row.fields.append(contentsOf: image.fields)
                continue
            }
            if let value = image.value(at: try target.path(&frame)) { row.append(name, value) }
        }
        return row.isEmpty ? nil : .structure(row)
    }

    /// The touched attributes, never those of the key.
    private func modified(_ item: Structure, _ touched: [ItemPath]?) -> Structure {
        guard let touched else {
            return Structure(
                fields: item.fields.filter { field in !keyNames.contains { TextOrder.isEqual($0, field.name) } })
        }
        return item.part(at: touched.map { $0.steps[...] })
    }
}

extension Structure {
    /// The value at a path; nil if there is none.
    func value(at path: ItemPath) -> Value? {
        var value = Value.structure(self)
        for step in path.steps {
            switch (value, step) {
            case (.structure(let structure), .attribute(let name, let isCaseSensitive)):
                guard let index = structure.firstIndex(of: name, isCaseSensitive: isCaseSensitive) else { return nil }
                value = structure.fields[index].value
            case (.list(let elements), .index(let index)):
                guard index < elements.count else { return nil }
                value = elements[index]
            default:
                return nil
            }
        }
        return value
    }
}

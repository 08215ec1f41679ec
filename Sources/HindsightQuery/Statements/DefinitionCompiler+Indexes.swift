import HindsightSyntax
import HindsightValues

extension DefinitionCompiler {
    func compileCreate(_ create: CreateIndex) throws(QueryError) -> Action {
        let table = try existing(create.table)
        if let setting = create.settings.first {
            throw QueryError(
                .unknownSetting, "an index has no setting '\(setting.name.text)'", at: setting.name.span)
        }
        guard create.keys.contains(where: { $0.role == .partition }) else {
            throw QueryError(
                .keyMissing, "the index needs a PARTITION KEY", at: create.name.span,
                hint: "for example CREATE INDEX \(create.name.text) ON \(table) (Kind STRING PARTITION KEY)")
        }
        let keys = try schema(create.name.text, create.keys, at: create.name.span)
        guard let partitionKey = keys.partitionKey else {
            throw QueryError(.keyMissing, "the index needs a PARTITION KEY", at: create.name.span)
        }
        let definition = IndexDefinition(
            name: create.name.text, isLocal: create.scope == .local, partitionKey: partitionKey,
            sortKey: keys.sortKey, projected: try projected(create.projection))
        let (span, ifNotExists) = (create.name.span, create.ifNotExists)
        return { (writer, _) throws(QueryError) in
            do throws(QueryError) {
                try writer.createIndex(definition, of: table)
            } catch {
                if ifNotExists, error.diagnostic.code == .indexExists { return }
                throw error.located(at: span)
            }
        }
    }

    private func projected(_ projection: IndexProjection?) throws(QueryError) -> [String]? {
        switch projection {
        case nil, .all: return nil
        case .keys: return []
        case .attributes(let names):
            for (position, name) in names.enumerated() {
                if names[..<position].contains(where: { TextOrder.isEqual($0.text, name.text) }) {
                    throw QueryError(.duplicateName, "'\(name.text)' is projected twice", at: name.span)
                }
            }
            return names.map(\.text)
        }
    }

    func compileDrop(_ name: Identifier, of table: TableName, ifExists: Bool) throws(QueryError) -> Action {
        let found: (table: String, index: String)
        do {
            found = try statement.catalog.resolveIndex(name, of: table)
        } catch {
            if ifExists, error.diagnostic.code == .unknownIndex { return { (_, _) throws(QueryError) in } }
            throw error.named("ResourceNotFoundException", for: .unknownIndex)
        }
        return { (writer, _) throws(QueryError) in
            do throws(QueryError) {
                try writer.dropIndex(found.index, of: found.table)
            } catch {
                throw error.located(at: name.span)
            }
        }
    }
}

import HindsightQuery
import HindsightValues

// Calls for one item, found by its key: any `Encodable` with the key's attributes, such as `["Artist": "Björk", "Title":
// "Jóga"]`.

extension Reading {
    /// The item of a key; nil if there is none.
    ///
    /// - Throws: `DatabaseError`, `DecodingError` if the item does not fit the type, what encoding the key throws.
    public func item<T: Decodable>(_ key: some Encodable, in table: String, as type: T.Type) throws -> T? {
        var statement = Statement.StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        statement.appendLiteral("SELECT VALUE t FROM ")
        statement.appendInterpolation(identifier: table)
        statement.appendLiteral(" AS t")
        statement.append(condition: try attributes(key))
        return try first(Statement(stringInterpolation: statement), as: type)
    }
}

extension Transaction {
    /// Merges an item's attributes into the item of its key; adds it if there is none.
    public func merge(_ item: some Encodable, into table: String) throws {
        try execute("UPSERT INTO \(identifier: table) VALUE \(encoding: item)")
    }

    /// Sets attributes of the item of a key; its others stay.
    ///
    /// - Returns: false if there is no such item: none is added then.
    /// - Throws: `DatabaseError`; with `invalidArgument` if `key` fits several items.
    @discardableResult
    public func update(_ key: some Encodable, in table: String, setting changes: some Encodable) throws -> Bool {
        let key = try attributes(key)
        try checkUnique(key, in: table)
        var statement = Statement.StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        statement.appendLiteral("UPDATE ")
        statement.appendInterpolation(identifier: table)
        for (index, field) in try attributes(changes).fields.enumerated() {
            statement.appendLiteral(index == 0 ? " SET " : ", ")
            statement.appendInterpolation(identifier: field.name)
            statement.appendLiteral(" = ")
            statement.appendInterpolation(field.value)
        }
        statement.append(condition: key)
        return try execute(Statement(stringInterpolation: statement)).changed > 0
    }

    /// Removes the item of a key.
    ///
    /// - Returns: false if there is none.
    /// - Throws: `DatabaseError`; with `invalidArgument` if `key` fits several items.
    @discardableResult
    public func delete(_ key: some Encodable, from table: String) throws -> Bool {
        let key = try attributes(key)
        try checkUnique(key, in: table)
        var statement = Statement.StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        statement.appendLiteral("DELETE FROM ")
        statement.appendInterpolation(identifier: table)
        statement.append(condition: key)
        return try execute(Statement(stringInterpolation: statement)).changed > 0
    }

    /// A key that lacks an attribute must not reach a whole partition.
    private func checkUnique(_ key: Structure, in table: String) throws {
        var statement = Statement.StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        statement.appendLiteral("SELECT VALUE 1 FROM ")
        statement.appendInterpolation(identifier: table)
        statement.appendLiteral(" AS t")
        statement.append(condition: key)
        statement.appendLiteral(" LIMIT 2")
        guard try query(Statement(stringInterpolation: statement)).count < 2 else {
            throw DatabaseError(
                .invalidArgument, "the key fits several items of '\(table)'", hint: "give all attributes of the key")
        }
    }
}

extension Statement.StringInterpolation {
    /// Writes `WHERE a = ? AND b = ?`.
    fileprivate mutating func append(condition key: Structure) {
        for (index, field) in key.fields.enumerated() {
            appendLiteral(index == 0 ? " WHERE " : " AND ")
            appendInterpolation(identifier: field.name)
            appendLiteral(" = ")
            appendInterpolation(field.value)
        }
    }
}

/// The attributes that a key or a change encodes to.
private func attributes(_ encodable: some Encodable) throws -> Structure {
    guard case .structure(let structure) = try ValueEncoder().encode(encodable), !structure.fields.isEmpty else {
        throw DatabaseError(.invalidArgument, "a struct or dictionary with at least one attribute is needed")
    }
    return structure
}

import HindsightValues

/// One row of a result: mostly a struct of attributes, for `SELECT VALUE` any value.
public struct Row: Sendable {
    public let value: Value
    /// The names of the columns, where the SELECT list fixes them; a row may lack some of them.
    let columns: [String]?

    init(value: Value, columns: [String]?) {
        self.value = value
        self.columns = columns
    }

    /// The value of an attribute by its exact name; nil if the row has none.
    public subscript(name: String) -> Value? {
        guard case .structure(let structure) = value else { return nil }
        return structure[name]
    }

    /// The names of the attributes in order: those of the SELECT list, or those of this row.
    public var names: [String] {
        if let columns { return columns }
        guard case .structure(let structure) = value else { return [] }
        return structure.fields.map(\.name)
    }

    /// The row as a `Decodable` type.
    ///
    /// - Throws: `DecodingError`.
    public func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
        try ValueDecoder().decode(type, from: value)
    }

    /// The first columns as a tuple: `try row.values(as: (String, Int?).self)`. An absent attribute is nil.
    ///
    /// - Throws: `DecodingError` if a column is not of its type.
    @inlinable
    public func values<each T: ValueConvertible>(as types: (repeat each T).Type) throws -> (repeat each T) {
        var index = -1
        func next<U: ValueConvertible>(_ type: U.Type) throws -> U {
            index += 1
            let found = column(index)
            guard let converted = U(exactly: found) else { throw mismatch(found, at: index, type) }
            return converted
        }
        return (repeat try next((each T).self))
    }

    /// The value of a column by its place; MISSING if the row lacks it.
    @usableFromInline
    func column(_ index: Int) -> Value {
        guard case .structure(let structure) = value else { return .missing }
        guard let columns else { return index < structure.count ? structure.fields[index].value : .missing }
        guard index < columns.count else { return .missing }
        // Mostly the attributes are those of the SELECT list, in order.
        if index < structure.count, TextOrder.isEqual(structure.fields[index].name, columns[index]) {
            return structure.fields[index].value
        }
        return structure[columns[index]] ?? .missing
    }

    @usableFromInline
    func mismatch(_ found: Value, at index: Int, _ type: any ValueConvertible.Type) -> DecodingError {
        let names = self.names
        let path = [PlainKey(index < names.count ? names[index] : "column \(index + 1)")]
        let description = "found \(found.kind.rawValue), expected \(type)"
        return DecodingError.typeMismatch(type, .init(codingPath: path, debugDescription: description))
    }
}

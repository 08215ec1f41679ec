import HindsightValues

/// Rows brought into columns: each attribute has a column, found by its name.
struct ColumnTable {
    /// A row's cells by column; nil where the row has no such attribute, and shorter if the last columns came later.
    private(set) var rows: [[Value?]] = []
    private(set) var names: [String]
    /// Whether the statement fixed the columns: then an attribute that a row lacks is MISSING by name.
    let isFixed: Bool

    init(columns: [String]?) {
        names = columns ?? []
        isFixed = columns != nil
    }

    /// - Returns: false, with nothing added, if the row is no struct and so has no columns.
    mutating func add(_ row: Value) -> Bool {
        guard case .structure(let structure) = row else { return false }
        var cells = [Value?](repeating: nil, count: names.count)
        var next = 0
        for field in structure.fields {
            let column = column(named: field.name, after: next, unused: cells)
            if column == names.count { names.append(field.name) }
            if column == cells.count { cells.append(nil) }
            cells[column] = field.value
            next = column + 1
        }
        rows.append(cells)
        return true
    }

    mutating func removeRows() {
        rows.removeAll(keepingCapacity: true)
    }

    /// The cell of a row, with MISSING where the statement named the column and the row lacks it.
    func value(row: Int, column: Int) -> Value? {
        let cells = rows[row]
        if column < cells.count, case .some(let value) = cells[column] { return value }
        // Not `nil`: a literal would be NULL.
        return isFixed ? .some(.missing) : .none
    }

    /// The column of an attribute: mostly the one after the attribute before. A name that repeats in a row gets a column
    /// for each time.
    private func column(named name: String, after next: Int, unused cells: [Value?]) -> Int {
        func fits(_ column: Int) -> Bool {
            // Not `== nil`: that would compare with NULL.
            guard case .none = cells[column] else { return false }
            return names[column].utf8.elementsEqual(name.utf8)
        }
        return (next..<cells.count).first(where: fits) ?? (0..<min(next, cells.count)).first(where: fits) ?? names.count
    }
}

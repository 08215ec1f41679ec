/// How Hindsight is asked: the same query can be written in ways that must not change its answer.
struct Variant: Sendable {
    /// Tables are named with this prefix.
    var tablePrefix = ""
    /// Follows each name of a table: ` AS OF …`.
    var moment = ""
    /// Hides conditions from the planner, so that they become filters over nested loops.
    var isObscured = false

    static let plain = Variant()
    static let obscured = Variant(isObscured: true)
}

/// Writes a query in one of the languages. All brackets are written: precedence is the parsers' tests' matter.
struct Printer {
    let language: Language
    var variant = Variant.plain

    func text(_ query: Query) -> String {
        var text = ""
        if !query.with.isEmpty {
            let isRecursive = query.with.contains(where: \.isRecursive)
            text += "WITH " + (isRecursive ? "RECURSIVE " : "") + query.with.map(common).joined(separator: ", ") + " "
        }
        text += body(query.body)
        if !query.order.isEmpty { text += " ORDER BY " + query.order.map(orderItem).joined(separator: ", ") }
        if let limit = query.limit {
            text += " LIMIT \(limit)"
        } else if query.offset != nil, language == .sqlite {
            text += " LIMIT -1"
        }
        if let offset = query.offset { text += " OFFSET \(offset)" }
        return text
    }

    private func common(_ table: CommonTable) -> String {
        let columns = table.columns.map { "(" + $0.joined(separator: ", ") + ")" } ?? ""
        return "\(table.name)\(columns) AS (\(text(table.query)))"
    }

    // MARK: Bodies

    private func body(_ body: QueryBody) -> String {
        switch body {
        case .select(let select): return self.select(select)
        case .combination(let operation, let isAll, let left, let right):
            let word = operation.rawValue + (isAll ? " ALL" : "")
            return "\(operand(left)) \(word) \(operand(right))"
        }
    }

    /// SQLite has no brackets around the operands of a set operator.
    private func operand(_ query: Query) -> String {
        language == .sqlite ? "SELECT * FROM (\(text(query)))" : "(\(text(query)))"
    }

    private func select(_ select: Select) -> String {
        var text = "SELECT " + (select.isDistinct ? "DISTINCT " : "")
        text += select.items.map { "\(expression($0.expression)) AS \($0.name)" }.joined(separator: ", ")
        if !select.from.isEmpty { text += " FROM " + select.from.map(source).joined(separator: ", ") }
        if let filter = select.filter { text += " WHERE " + condition(filter) }
        if !select.groups.isEmpty {
            text += " GROUP BY " + select.groups.map { expression($0.expression) }.joined(separator: ", ")
        }
        if let having = select.having { text += " HAVING " + condition(having) }
        if !select.windows.isEmpty {
            text += " WINDOW "
            text += select.windows.map { "\($0.name) AS (\(definition($0.definition)))" }.joined(separator: ", ")
        }
        return text
    }

    private func condition(_ condition: Expression) -> String {
        let text = expression(condition)
        return variant.isObscured ? "CASE WHEN \(text) THEN TRUE ELSE FALSE END" : text
    }

    // MARK: FROM

    private func source(_ source: Source) -> String {
        switch source {
        case .table(let name, let alias): return "\(variant.tablePrefix)\(name)\(variant.moment) AS \(alias)"
        case .common(let name, let alias): return "\(name) AS \(alias)"
        case .query(let query, let alias): return "(\(text(query))) AS \(alias)"
        case .rows(let rows, let columns, let alias): return "\(self.rows(rows, columns)) AS \(alias)"
        case .elements(let parent, let column, let name, let position):
            return language == .sqlite
                ? "json_each(\(parent).\(column)) AS \(name)" : "\(parent).\(column) AS \(name) AT \(position)"
        case .join(let kind, let left, let right, let on):
            let condition = on.map { " ON " + self.condition($0) } ?? ""
            return "\(self.source(left)) \(kind.rawValue) \(self.source(right))\(condition)"
        }
    }

    private func rows(_ rows: [[Literal]], _ columns: [Column]) -> String {
        if language == .hindsight {
            let items = rows.map { row in "{" + attributes(row, columns) + "}" }
            return "<<" + items.joined(separator: ", ") + ">>"
        }
        let selects = rows.map { row in
            let values = zip(row, columns).map { "\(literal($0)) AS \($1.name)" }
            return "SELECT " + values.joined(separator: ", ")
        }
        return "(" + selects.joined(separator: " UNION ALL ") + ")"
    }

    /// The attributes of an item; those that are absent are left out.
    func attributes(_ row: [Literal], _ columns: [Column]) -> String {
        zip(row, columns).filter { $0.0 != .missing }.map { "'\($1.name)': \(literal($0))" }.joined(separator: ", ")
    }

    func literal(_ literal: Literal) -> String {
        switch literal {
        case .null, .missing: return "NULL"
        case .integer(let value): return "\(value)"
        case .text(let text): return Expression.quoted(text)
        case .boolean(let value): return value ? "TRUE" : "FALSE"
        case .integers(let values):
            let list = "[" + values.map(String.init).joined(separator: ", ") + "]"
            return language == .sqlite ? "'\(list)'" : list
        case .document(let text): return text
        }
    }
}

extension Printer {
    mutating func print(_ query: Query) {
        if let with = query.with { print(with) }
        print(query.body)
        if !query.orderBy.isEmpty {
            write(" ORDER BY ")
            list(query.orderBy) { $0.print($1) }
        }
        clause("LIMIT", query.limit)
        clause("OFFSET", query.offset)
    }

    private mutating func print(_ with: WithClause) {
        write(with.isRecursive ? "WITH RECURSIVE " : "WITH ")
        list(with.items) { printer, item in
            printer.print(item.name)
            if !item.columns.isEmpty {
                printer.write(" ")
                printer.names(item.columns)
            }
            printer.write(" AS (")
            printer.print(item.query)
            printer.write(")")
        }
        write(" ")
    }

    private mutating func print(_ body: QueryBody) {
        switch body {
        case .select(let block): print(block)
        case .setOperation(let first, let terms):
            print(first)
            for term in terms { print(term) }
        case .values(let rows): printValues(rows)
        case .table(let name):
            write("TABLE ")
            print(name)
        case .nested(let query):
            write("(")
            print(query)
            write(")")
        case .expression(let expression): print(expression)
        }
    }

    private mutating func print(_ term: SetTerm) {
        write(term.isOuter ? " OUTER \(term.operation.rawValue)" : " \(term.operation.rawValue)")
        if let quantifier = term.quantifier { write(" \(quantifier.rawValue)") }
        if let corresponding = term.corresponding {
            write(" CORRESPONDING")
            if !corresponding.columns.isEmpty {
                write(" BY ")
                names(corresponding.columns)
            }
        }
        write(" ")
        print(term.operand)
    }

    private mutating func printValues(_ rows: [Expression]) {
        write("VALUES ")
        list(rows) { printer, row in
            guard case .row(let elements) = row.node else { return printer.print(row) }
            printer.write("(")
            printer.expressions(elements)
            printer.write(")")
        }
    }

    mutating func print(_ item: OrderItem) {
        print(item.expression)
        if item.isDescending { write(" DESC") }
        if let nulls = item.nulls { write(" NULLS \(nulls.rawValue)") }
    }

    // MARK: SELECT

    private mutating func print(_ block: SelectBlock) {
        print(block.projection)
        if !block.exclude.isEmpty {
            write(" EXCLUDE ")
            expressions(block.exclude)
        }
        if !block.from.isEmpty {
            write(" FROM ")
            list(block.from) { $0.print($1) }
        }
        if !block.letBindings.isEmpty {
            write(" LET ")
            list(block.letBindings) { printer, binding in
                printer.print(binding.expression)
                printer.clause("AS", binding.name)
            }
        }
        clause("WHERE", block.filter)
        if let groupBy = block.groupBy { print(groupBy) }
        clause("HAVING", block.having)
        if !block.windows.isEmpty {
            write(" WINDOW ")
            list(block.windows) { printer, window in
                printer.print(window.name)
                printer.write(" AS ")
                printer.print(window.definition)
            }
        }
    }

    private mutating func print(_ projection: Projection) {
        let quantifier = projection.quantifier.map { "\($0.rawValue) " } ?? ""
        switch projection.kind {
        case .star: write("SELECT \(quantifier)*")
        case .value(let expression):
            write("SELECT \(quantifier)VALUE ")
            print(expression)
        case .items(let items):
            write("SELECT \(quantifier)")
            list(items) { $0.print($1) }
        case .pivot(let value, let name):
            write("PIVOT ")
            print(value)
            clause("AT", name)
        }
    }

    private mutating func print(_ item: SelectItem) {
        switch item.kind {
        case .allAttributes(let expression):
            printSelected(expression)
            write(".*")
        case .expression(let expression, let alias):
            printSelected(expression)
            clause("AS", alias)
        }
    }

    private mutating func print(_ groupBy: GroupBy) {
        guard !groupBy.keys.isEmpty else { return clause("GROUP ALL AS", groupBy.groupName) }
        write(groupBy.isPartial ? " GROUP PARTIAL BY " : " GROUP BY ")
        list(groupBy.keys) { printer, key in
            printer.print(key.expression)
            printer.clause("AS", key.alias)
        }
        clause("GROUP AS", groupBy.groupName)
    }

    // MARK: FROM

    private mutating func print(_ item: FromItem) {
        print(item.source)
        for join in item.joins {
            let side = join.side == .inner ? " " : " \(join.side.rawValue) "
            write(join.condition == nil ? "\(side)CROSS JOIN " : "\(side)JOIN ")
            print(join.source)
            clause("ON", join.condition)
        }
    }

    private mutating func print(_ source: FromSource) {
        switch source.kind {
        case .expression(let expression): printPath(expression)
        case .unpivot(let expression):
            write("UNPIVOT ")
            printPath(expression)
        case .joined(let item):
            write("(")
            print(item)
            write(")")
        case .difference(let difference): print(difference)
        }
        switch source.period {
        case .asOf(let time): asOf(time)
        case .versions(let from, let to): between("VERSIONS", from, to)
        case nil: break
        }
        clause("AS", source.alias)
        clause("AT", source.position)
        clause("BY", source.identity)
    }

    // MARK: Time

    /// Writes ` AS OF time` if there is one.
    mutating func asOf(_ time: TimePoint?) {
        guard let time else { return }
        write(" AS OF ")
        print(time)
    }

    mutating func between(_ word: String, _ from: TimePoint, _ to: TimePoint) {
        write(" \(word)")
        between(from, to)
    }

    mutating func between(_ from: TimePoint, _ to: TimePoint) {
        write(" BETWEEN ")
        print(from)
        write(" AND ")
        print(to)
    }

    mutating func print(_ time: TimePoint) {
        switch time.kind {
        case .latest: write("LATEST")
        case .earliest: write("EARLIEST")
        case .restorePoint(let name): print(name)
        case .expression(let expression): printTime(expression)
        case .ago(let expression):
            printTime(expression)
            write(" AGO")
        }
    }

    /// A name, or a path that starts with one, could be taken for a restore point or for LATEST.
    private mutating func printTime(_ expression: Expression) {
        switch expression.node {
        case .variable, .path: printInParentheses(expression)
        default: printArithmetic(expression)
        }
    }
}

import HindsightSyntax
import HindsightValues

/// Answers the expression binder from a scope and those around it.
///
/// The order of look-ups for a name: the SELECT list's aliases (in ORDER BY), the session's variables (in FROM, without
/// `@`), variables from the inside out, the session's variables, an attribute of the only source, a table.
struct ScopeResolver: NameResolver {
    let scope: Scope
    let statement: StatementBinder

    func resolve(_ variable: Variable, steps: [BoundStep]) throws(QueryError) -> (
        expression: BoundExpression, consumedSteps: Int
    ) {
        let name = variable.name
        if !variable.isLocalFirst, let alias = scope.aliases.first(where: { $0.name.isSameName(as: name) }) {
            return (alias.value, 0)
        }
        if scope.isBindingSource, !variable.isLocalFirst, let value = try globalValue(name) {
            return (BoundExpression(.constant(value), at: name.span), 0)
        }
        var current: Scope? = scope
        while let block = current {
            if let found = try resolve(name, steps, in: block) { return found }
            current = block.parent
        }
        return try resolveUnbound(variable, steps)
    }

    func resolveParameter(_ parameter: Parameter, at span: SourceSpan) throws(QueryError) -> Int {
        try statement.number(of: parameter, at: span)
    }

    func bindSubquery(_ query: Query, as use: SubqueryUse, at span: SourceSpan) throws(QueryError) -> BoundExpression {
        try QueryBinder(statement: statement).bindSubquery(query, as: use, in: scope, at: span)
    }

    func bindAggregate(_ call: AggregateCall) throws(QueryError) -> BoundExpression {
        guard let aggregation = scope.aggregation else {
            let collective = FunctionTable.lookup("COLL_" + call.kind.rawValue, in: statement.dialect)?.name
            throw QueryError(
                .misplacedAggregate, "\(call.kind.rawValue) is not allowed here", at: call.span,
                hint: "aggregates stand in SELECT, HAVING and ORDER BY"
                    + (collective.map { "; use \($0) for a collection" } ?? ""))
        }
        if let slot = aggregation.slot(of: call) { return BoundExpression(.slot(slot), at: call.span) }
        let (grouping, aliases, windows) = (scope.grouping, scope.aliases, scope.windows)
        scope.windows = .refused(.aggregate)
        scope.grouping = nil
        scope.aggregation = nil
        scope.aliases = []
        defer {
            scope.grouping = grouping
            scope.aggregation = aggregation
            scope.aliases = aliases
            scope.windows = windows
        }
        var argument: BoundExpression?
        if let expression = call.argument { argument = try statement.bind(expression, in: scope) }
        let slot = statement.makeSlot()
        aggregation.add(call, argument: argument, slot: slot)
        return BoundExpression(.slot(slot), at: call.span)
    }

    func bindWindowCall(
        _ call: FunctionCall, over window: WindowReference, at span: SourceSpan
    ) throws(QueryError) -> BoundExpression {
        try WindowBinder(statement: statement, scope: scope).bind(call, over: window, at: span)
    }

    func substitution(for expression: Expression) throws(QueryError) -> BoundExpression? {
        guard let grouping = scope.grouping else { return nil }
        switch expression.node {
        case .literal, .parameter, .variable, .path: return nil
        default: break
        }
        guard let key = grouping.keys.first(where: { $0.expression == expression }) else { return nil }
        return BoundExpression(.slot(key.slot), at: expression.span)
    }

    // MARK: Variables

    private func resolve(
        _ name: Identifier, _ steps: [BoundStep], in block: Scope
    ) throws(QueryError) -> (BoundExpression, Int)? {
        if let slot = block.grouping?.slot(named: name) { return (BoundExpression(.slot(slot), at: name.span), 0) }
        let matches = block.matches(name)
        guard matches.count <= 1 else {
            throw QueryError(
                .ambiguousName, "'\(name.text)' may be several variables that differ by case", at: name.span,
                hint: "quote the name")
        }
        guard let match = matches.first else { return nil }
        return try use(match, steps, written: name, in: block)
    }

    /// Reads a variable, or with steps a part of it. `implied` counts the steps that are not written: the attribute
    /// whose name stood for itself.
    private func use(
        _ variable: ScopeVariable, _ steps: [BoundStep], written name: Identifier, in block: Scope, implied: Int = 0
    ) throws(QueryError) -> (BoundExpression, Int) {
        let fixed = ItemPath.Step.fixedPrefix(of: steps)
        if let grouping = block.grouping {
            return try useGrouped(Reference(variable: variable, steps: fixed), name, grouping, implied: implied)
        }
        let span = fixed.isEmpty ? name.span : name.span.union(steps[fixed.count - 1].span)
        switch variable.content {
        case .slot(let slot):
            return withImplied(BoundExpression(.slot(slot), at: name.span), steps, implied)
        case .expression(var expression):
            expression.span = name.span
            return withImplied(expression, steps, implied)
        case .table(let table):
            // In strict typing a path that leads nowhere is an error, which only the whole item can tell.
            guard !fixed.isEmpty, statement.typing == .permissive else {
                return withImplied(BoundExpression(.slot(table.useItem(statement)), at: name.span), steps, implied)
            }
            let path = ItemPath([table.schema.exact(fixed[0])] + fixed.dropFirst())
            return (BoundExpression(.slot(table.use(path, statement)), at: span), fixed.count - implied)
        }
    }

    private func withImplied(
        _ root: BoundExpression, _ steps: [BoundStep], _ implied: Int
    ) -> (BoundExpression, Int) {
        if implied == 0 { return (root, 0) }
        return (BoundExpression(.path(root, Array(steps[..<implied])), at: root.span), 0)
    }

    private func useGrouped(
        _ reference: Reference, _ name: Identifier, _ grouping: Grouping, implied: Int
    ) throws(QueryError) -> (BoundExpression, Int) {
        for key in grouping.keys {
            guard let keyReference = key.reference, keyReference.isPrefix(of: reference),
                keyReference.steps.count >= implied
            else { continue }
            return (BoundExpression(.slot(key.slot), at: name.span), keyReference.steps.count - implied)
        }
        throw QueryError(
            .invalidGrouping, "'\(name.text)' is neither a key of GROUP BY nor inside an aggregate", at: name.span)
    }

    // MARK: Other names

    private func resolveUnbound(_ variable: Variable, _ steps: [BoundStep]) throws(QueryError) -> (BoundExpression, Int)
    {
        let name = variable.name
        if let value = try globalValue(name) { return (BoundExpression(.constant(value), at: name.span), 0) }
        if let block = innermostSources() {
            let sources = block.sources
            if sources.count == 1 {
                let isCaseSensitive = name.isQuoted || !statement.dialect.foldsAttributeCase
                let attribute = BoundStep.attribute(name.text, isCaseSensitive: isCaseSensitive, name.span)
                return try use(sources[0], [attribute] + steps, written: name, in: block, implied: 1)
            }
            let names = sources.compactMap(\.name?.text).map { "\($0).\(name.text)" }.joined(separator: " or ")
            throw QueryError(
                .unknownName, "'\(name.text)' is no variable, and FROM has several sources", at: name.span,
                hint: names.isEmpty ? nil : "write \(names)")
        }
        return (try tableValue(name), 0)
    }

    private func innermostSources() -> Scope? {
        var current: Scope? = scope
        while let block = current {
            if !block.sources.isEmpty { return block }
            current = block.parent
        }
        return nil
    }

    private func globalValue(_ name: Identifier) throws(QueryError) -> Value? {
        if statement.globals.isEmpty { return nil }
        if let value = statement.globals[name.text] { return value }
        if name.isQuoted { return nil }
        let matches = statement.globals.filter { TextOrder.isEqualIgnoringCase($0.key, name.text) }
        if matches.count > 1 {
            throw QueryError(.ambiguousName, "'\(name.text)' may be several variables", at: name.span)
        }
        return matches.first?.value
    }

    /// A table that is named where a value is wanted stands for the bag of its items.
    private func tableValue(_ name: Identifier) throws(QueryError) -> BoundExpression {
        let tableName = TableName([name])
        guard try statement.catalog.find(tableName) != nil else {
            throw QueryError(
                .unknownName, "there is no variable or table '\(name.text)'", at: name.span,
                hint: try suggestion(for: name, tableName))
        }
        let source = FromSource(.expression(Expression(.variable(Variable(name)), span: name.span)), span: name.span)
        let item = Expression(.variable(Variable(name, isLocalFirst: true)), span: name.span)
        let block = SelectBlock(
            projection: Projection(.value(item), quantifier: nil, span: name.span), from: [FromItem(source: source)],
            span: name.span)
        let query = Query(body: .select(block), span: name.span)
        return try bindSubquery(query, as: .collection, at: name.span)
    }

    private func suggestion(for name: Identifier, _ table: TableName) throws(QueryError) -> String? {
        var variables: [String] = []
        var current: Scope? = scope
        while let block = current {
            variables += block.variables.compactMap(\.name?.text)
            current = block.parent
        }
        if let close = Suggestion.closest(to: name.text, in: variables) { return "did you mean '\(close)'?" }
        if name.isQuoted { return "a string stands in single quotes" }
        return try statement.catalog.unknown(table).diagnostic.hint
    }
}

extension ItemPath.Step {
    /// The steps up to the first that is not fixed.
    static func fixedPrefix(of steps: [BoundStep]) -> [ItemPath.Step] {
        var fixed: [ItemPath.Step] = []
        for step in steps {
            switch step {
            case .attribute(let name, let isCaseSensitive, _):
                fixed.append(.attribute(name, isCaseSensitive: isCaseSensitive))
            case .index(let index, _):
                fixed.append(.index(index))
            default:
                return fixed
            }
        }
        return fixed
    }
}

extension TableSchema {
    /// A step that names a key attribute but for case means that attribute: each item has it.
    func exact(_ step: ItemPath.Step) -> ItemPath.Step {
        guard case .attribute(let name, isCaseSensitive: false) = step else { return step }
        let key: String?
        if let index {
            key = index.keyNames.first { TextOrder.isEqualIgnoringCase($0, name) }
        } else if let partitionKey, TextOrder.isEqualIgnoringCase(partitionKey.name, name) {
            key = partitionKey.name
        } else if let sortKey, TextOrder.isEqualIgnoringCase(sortKey.name, name) {
            key = sortKey.name
        } else {
            key = nil
        }
        return key.map { .attribute($0, isCaseSensitive: true) } ?? step
    }
}

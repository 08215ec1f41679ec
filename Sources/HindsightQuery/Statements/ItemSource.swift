import HindsightSyntax
import HindsightValues

/// The items of a table that a statement changes, as a scope to bind its clauses in and a scan to find them by.
struct ItemSource {
    let reference: TableReference
    let schema: TableSchema
    let variable: TableVariable
    let scope: Scope
    let name: Identifier
    let span: SourceSpan
    private let statement: StatementBinder

    /// - Throws: `unknownTable`; `readOnlyTable` for a table of SYSTEM.
    init(_ table: TableName, alias: Identifier?, _ statement: StatementBinder) throws(QueryError) {
        let (reference, schema) = try statement.catalog.resolve(table)
        if reference.isSystem {
            throw QueryError(.readOnlyTable, "'\(reference.text)' cannot be changed", at: table.span)
        }
        self.reference = reference
        self.schema = schema
        self.statement = statement
        span = table.span
        name = alias ?? table.parts[table.parts.count - 1]
        variable = TableVariable(reference, schema, span: table.span, moment: nil)
        scope = Scope(parent: nil)
        try scope.add(ScopeVariable(name: name, role: .source, content: .table(variable)))
    }

    /// The plan that finds the items for which the condition holds. To be called after all clauses are bound.
    func plan(_ conditions: [BoundExpression]) -> PlanNode {
        AccessPlanner(variable: variable, name: name.text, dialect: statement.dialect, typing: statement.typing)
            .plan(conditions)
    }

    /// The condition of a WHERE clause, in parts.
    func bindFilter(_ filter: Expression?) throws(QueryError) -> [BoundExpression] {
        guard let filter else { return [] }
        return try statement.bind(filter, in: scope).conjuncts
    }

    /// The slots of the key's attributes.
    func useKey() -> [Int] {
        schema.keyAttributes.map { attribute in
            variable.use(ItemPath([.attribute(attribute.name, isCaseSensitive: true)]), statement)
        }
    }

    /// The path that a clause changes, with what its indexes may read.
    ///
    /// - Throws: `keyUpdate` if it is a key attribute or a part of one.
    func bindTarget(_ expression: Expression, in scope: Scope) throws(QueryError) -> UpdateTarget {
        let target = try bindPath(expression, in: scope)
        if let key = target.firstStep.flatMap(schema.keyAttribute) {
            throw QueryError(
                .keyUpdate, "the key attribute '\(key.name)' cannot be updated", at: expression.span,
                hint: "delete the item and insert it with another key")
        }
        return target
    }

    /// A variable or a path, with or without the table's name before it, as a path of the item.
    private func bindPath(_ expression: Expression, in scope: Scope) throws(QueryError) -> UpdateTarget {
        guard let (root, written) = expression.variableAndSteps else { throw invalidTarget(expression) }
        var steps = try statement.expressionBinder(in: scope).bindSteps(written)
        if steps.isEmpty || !root.name.isSameName(as: name) {
            let isCaseSensitive = root.name.isQuoted || !statement.dialect.foldsAttributeCase
            steps.insert(.attribute(root.name.text, isCaseSensitive: isCaseSensitive, root.name.span), at: 0)
        }
        return try UpdateTarget(steps, statement.compiler.expressions, at: expression.span)
    }

    private func invalidTarget(_ expression: Expression) -> QueryError {
        QueryError(.invalidTarget, "only an attribute or a path of the item can be changed", at: expression.span)
    }
}

/// The path of SET or REMOVE. Its indexes may be expressions.
struct UpdateTarget: Sendable {
    private enum Step: Sendable {
        case fixed(ItemPath.Step)
        case computed(Evaluator)
    }

    private let steps: [Step]
    let span: SourceSpan

    init(_ steps: [BoundStep], _ compiler: ExpressionCompiler, at span: SourceSpan) throws(QueryError) {
        self.span = span
        var compiled: [Step] = []
        for step in steps {
            switch step {
            case .attribute(let name, let isCaseSensitive, _):
                compiled.append(.fixed(.attribute(name, isCaseSensitive: isCaseSensitive)))
            case .index(let index, _):
                compiled.append(.fixed(.index(index)))
            case .computed(let expression, _):
                compiled.append(.computed(try compiler.compile(expression)))
            case .allElements, .allAttributes:
                throw QueryError(.invalidTarget, "a path with '*' cannot be changed", at: step.span)
            }
        }
        self.steps = compiled
    }

    /// The attribute of the item that the path starts with; nil if only the row tells.
    var firstStep: ItemPath.Step? {
        if case .fixed(let step) = steps.first { step } else { nil }
    }

    /// The path for the row in the frame.
    func path(_ frame: inout Frame) throws(QueryError) -> ItemPath {
        var path: [ItemPath.Step] = []
        path.reserveCapacity(steps.count)
        for step in steps {
            switch step {
            case .fixed(let step):
                path.append(step)
            case .computed(let evaluator):
                let value = try evaluator(&frame)
                if let index = value.exactInteger, index >= 0, index <= Int64(Int32.max) {
                    path.append(.index(Int(index)))
                } else if let name = value.text {
                    path.append(.attribute(name, isCaseSensitive: true))
                } else {
                    throw QueryError(.invalidPath, "\(value.kindPhrase) is no index", at: span)
                }
            }
        }
        return ItemPath(path)
    }
}

extension TableSchema {
    /// The key attribute that a first step means.
    func keyAttribute(_ step: ItemPath.Step) -> KeyAttribute? {
        keyAttributes.first { ItemPath([step]).isAttribute($0.name) }
    }

    /// The key of an item; nil if it lacks a key attribute.
    func key(of item: Structure) -> ItemKey? {
        guard let partition = partitionKey.flatMap({ item[$0.name] }) else { return nil }
        guard let sortKey else { return ItemKey(partition: partition) }
        return item[sortKey.name].map { ItemKey(partition: partition, sort: $0) }
    }
}

import HindsightSyntax
import HindsightValues

/// Binds EXCLUDE: each variable that it names is computed anew without the excluded parts, and SELECT sees that one. The
/// clauses before SELECT, ORDER BY among them, see the variable as it was.
struct ExclusionBinder {
    let statement: StatementBinder
    let scope: Scope

    /// What EXCLUDE takes from one variable or key.
    private struct Exclusion {
        let root: Root
        var tree = ExclusionTree()
        var span: SourceSpan
    }

    fileprivate enum Root {
        case variable(ScopeVariable)
        /// A key of GROUP BY or the group, by its slot.
        case grouped(slot: Int)
    }

    /// - Returns: what has to be computed before SELECT, and the names that SELECT then sees.
    func bind(_ paths: [Expression]) throws(QueryError) -> (computed: [ComputedSlot], names: Scope.Names) {
        var exclusions: [Exclusion] = []
        for path in paths { try add(path, to: &exclusions) }
        var names = scope.names
        var computed: [ComputedSlot] = []
        for exclusion in exclusions {
            let slot = statement.makeSlot()
            let whole = replace(exclusion.root, by: slot, in: &names, at: exclusion.span)
            let rest = BoundExpression(.excluding(whole, exclusion.tree), at: exclusion.span)
            computed.append(ComputedSlot(slot: slot, expression: rest, name: nil))
        }
        return (computed, names)
    }

    private func add(_ path: Expression, to exclusions: inout [Exclusion]) throws(QueryError) {
        let (root, steps) = try resolve(path)
        let index = exclusions.firstIndex { $0.root.isSame(as: root) } ?? exclusions.count
        if index == exclusions.count { exclusions.append(Exclusion(root: root, span: path.span)) }
        try exclusions[index].tree.add(steps[...])
        exclusions[index].span = exclusions[index].span.union(path.span)
    }

    /// The variable that a path starts from. A name that is no variable is an attribute of the only source.
    private func resolve(_ path: Expression) throws(QueryError) -> (Root, [BoundStep]) {
        guard let (variable, written) = path.variableAndSteps else {
            throw QueryError(.invalidTarget, "EXCLUDE takes variables and paths from them", at: path.span)
        }
        let name = variable.name
        let steps = try statement.expressionBinder(in: scope).bindSteps(written)
        if let grouping = scope.grouping {
            guard let slot = grouping.slot(named: name) else {
                throw QueryError(
                    .unknownName, "'\(name.text)' is neither a key of GROUP BY nor the name of its group",
                    at: name.span)
            }
            return (.grouped(slot: slot), try partial(steps, of: name, at: path.span))
        }
        let matches = scope.matches(name)
        guard matches.count <= 1 else {
            throw QueryError(
                .ambiguousName, "'\(name.text)' may be several variables that differ by case", at: name.span,
                hint: "quote the name")
        }
        if let match = matches.first { return (.variable(match), try partial(steps, of: name, at: path.span)) }
        guard scope.sources.count == 1, let source = scope.sources.first else {
            throw QueryError(.unknownName, "'\(name.text)' is no variable of this query", at: name.span)
        }
        let isCaseSensitive = name.isQuoted || !statement.dialect.foldsAttributeCase
        return (.variable(source), [.attribute(name.text, isCaseSensitive: isCaseSensitive, name.span)] + steps)
    }

    private func partial(
        _ steps: [BoundStep], of name: Identifier, at span: SourceSpan
    ) throws(QueryError) -> [BoundStep] {
        guard steps.isEmpty else { return steps }
        throw QueryError(
            .invalidTarget, "EXCLUDE takes a part of '\(name.text)' away, not the whole", at: span,
            hint: "leave it out of the SELECT list")
    }

    /// Lets a name mean `slot` from now on.
    ///
    /// - Returns: the value that it meant.
    private func replace(
        _ root: Root, by slot: Int, in names: inout Scope.Names, at span: SourceSpan
    ) -> BoundExpression {
        switch root {
        case .grouped(let old):
            names.grouping = names.grouping?.replacing(slot: old, by: slot)
            return BoundExpression(.slot(old), at: span)
        case .variable(let variable):
            names.variables = names.variables.map { other in
                guard other === variable else { return other }
                return ScopeVariable(name: variable.name, role: variable.role, content: .slot(slot))
            }
            switch variable.content {
            case .slot(let old): return BoundExpression(.slot(old), at: span)
            case .expression(let expression): return expression
            case .table(let table): return BoundExpression(.slot(table.useItem(statement)), at: span)
            }
        }
    }
}

extension ExclusionBinder.Root {
    fileprivate func isSame(as other: Self) -> Bool {
        switch (self, other) {
        case (.variable(let variable), .variable(let otherVariable)): variable === otherVariable
        case (.grouped(let slot), .grouped(let otherSlot)): slot == otherSlot
        default: false
        }
    }
}

import HindsightSyntax
import HindsightValues

// Binds names to slots, tables, parameters and functions, at one state of the catalog. It must not know how rows are
// read: it makes plans and runs nothing.

/// What the parts of one statement share while it is bound: the numbering of slots and subqueries, and the catalog.
final class StatementBinder {
    let catalog: Catalog
    let dialect: Dialect
    let typing: TypingMode
    /// Variables that the session defines for all statements.
    let globals: [String: Value]
    private let parameters: ParameterList
    private(set) var slotCount = 0
    private(set) var subqueryCount = 0

    init(
        catalog: Catalog, dialect: Dialect, typing: TypingMode, parameters: ParameterList,
        globals: [String: Value] = [:]
    ) {
        self.catalog = catalog
        self.dialect = dialect
        self.typing = typing
        self.parameters = parameters
        self.globals = globals
    }

    var compiler: PlanCompiler {
        PlanCompiler(expressions: ExpressionCompiler(dialect: dialect, typing: typing))
    }

    func makeSlot() -> Int {
        defer { slotCount += 1 }
        return slotCount
    }

    func makeSubqueryNumber() -> Int {
        defer { subqueryCount += 1 }
        return subqueryCount
    }

    /// The place of a parameter's value: positional ones first, then the named ones in the order of their first use.
    func number(of parameter: Parameter, at span: SourceSpan) throws(QueryError) -> Int {
        switch parameter {
        case .positional(let index):
            return index
        case .named(let name):
            guard let index = parameters.names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) else {
                throw QueryError(.parameterMismatch, "there is no parameter ':\(name)'", at: span)
            }
            return parameters.positionalCount + index
        }
    }

    func expressionBinder(in scope: Scope) -> ExpressionBinder<ScopeResolver> {
        ExpressionBinder(resolver: ScopeResolver(scope: scope, statement: self), dialect: dialect)
    }

    func bind(_ expression: Expression, in scope: Scope) throws(QueryError) -> BoundExpression {
        try expressionBinder(in: scope).bind(expression)
    }
}

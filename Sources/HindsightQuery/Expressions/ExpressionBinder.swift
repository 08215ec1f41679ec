import HindsightSyntax
import HindsightValues

/// Turns an expression of the syntax tree into a bound one. What depends on the query around it (variables, parameters,
/// subqueries, aggregates) is asked of the resolver; functions and types are looked up here.
package struct ExpressionBinder<Resolver: NameResolver> {
    package let resolver: Resolver
    package let dialect: Dialect

    package init(resolver: Resolver, dialect: Dialect) {
        self.resolver = resolver
        self.dialect = dialect
    }
}

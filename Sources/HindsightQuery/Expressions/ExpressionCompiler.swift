import HindsightSyntax
import HindsightValues

/// A compiled expression: its value for the row in the frame.
package typealias Evaluator = @Sendable (inout Frame) throws(QueryError) -> Value

/// A compiled condition: whether it is true for the row in the frame. Unknown and false are the same to it.
package typealias PredicateEvaluator = @Sendable (inout Frame) throws(QueryError) -> Bool

/// Turns bound expressions into closures, once for a statement.
package struct ExpressionCompiler: Sendable {
    package let dialect: Dialect
    package let typing: TypingMode

    package init(dialect: Dialect = .partiql, typing: TypingMode = .permissive) {
        self.dialect = dialect
        self.typing = typing
    }
}

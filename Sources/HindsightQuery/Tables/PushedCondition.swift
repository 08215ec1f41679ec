import HindsightSyntax
import HindsightValues

/// A condition on one path of an item that a table applies by itself, with its operands evaluated. Rows for which it is
/// not true, be it false or unknown, are dropped.
package struct PushedCondition: Sendable {
    package let path: ItemPath
    package let test: Test

    package enum Test: Sendable {
        /// The operand is neither NULL nor MISSING.
        case compare(ComparisonOperator, Value)
        case isNull(isNegated: Bool)
        case isMissing(isNegated: Bool)
        /// A string or binary that begins so.
        case beginsWith(Value)
        case oneOf([Value])
    }

    package init(path: ItemPath, test: Test) {
        self.path = path
        self.test = test
    }
}

/// The rules in which the two dialects differ as far as expressions are concerned, as data. The binder and the
/// expression compiler consult it; no evaluator does.
package struct Dialect: Sendable, Hashable {
    package enum Name: String, Sendable, Hashable {
        case partiql
        case dynamodb
    }

    package let name: Name
    /// Comparisons, IN, BETWEEN and NOT know only true and false: a comparison with an absent or a different kind of
    /// value is false, and so is `a <> 'x'` where `a` is absent.
    package let hasTwoValuedTruth: Bool
    /// `MISSING IS NULL` is true in PartiQL, and false where an absent attribute and NULL are kept apart.
    package let missingIsNull: Bool
    /// An attribute name without quotes finds names that differ by case.
    package let foldsAttributeCase: Bool
    /// What a literal beside `<`, `<=`, `>` or `>=` may be; others are refused before anything is looked up.
    package let orderedLiterals: KindSet

    /// The specification's rules.
    package static let partiql = Dialect(
        name: .partiql, hasTwoValuedTruth: false, missingIsNull: true, foldsAttributeCase: true,
        orderedLiterals: .any)
    /// What DynamoDB's service answers.
    package static let dynamodb = Dialect(
        name: .dynamodb, hasTwoValuedTruth: true, missingIsNull: false, foldsAttributeCase: false,
        orderedLiterals: KindSet.number.union(.text).union(.binary))
}

/// The operations that both languages have, each in both spellings. What has no row here, or only with a detour, differs
/// by design: see `Differences.md`.
enum Templates {
    struct Operand: Sendable {
        let kind: Kind
        /// Whether only a literal will do.
        var isFixed = false
    }

    struct Row: Sendable {
        let template: Template
        let operands: [Operand]

        init(_ hindsight: String, sqlite: String? = nil, _ kinds: Kind..., fixed: Int? = nil) {
            template = Template(hindsight: hindsight, sqlite: sqlite ?? hindsight)
            operands = kinds.enumerated().map { Operand(kind: $1, isFixed: $0 == fixed) }
        }
    }

    static let beginsWith = Template(hindsight: "BEGINS_WITH($0, $1)", sqlite: "(substr($0, 1, length($1)) = $1)")

    static func operations(of kind: Kind) -> [Row] {
        switch kind {
        case .integer: integers
        case .text: texts
        case .boolean: booleans
        }
    }

    private static let integers = [
        Row("($0 + $1)", .integer, .integer), Row("($0 - $1)", .integer, .integer),
        Row("($0 * $1)", .integer, .integer, fixed: 1), Row("(- $0)", .integer),
        // A division by zero is NULL in SQLite, and an error in Hindsight.
        Row("($0 / NULLIF($1, 0))", .integer, .integer), Row("($0 % NULLIF($1, 0))", .integer, .integer),
        Row("ABS($0)", .integer), Row("SIGN($0)", .integer), Row("CHAR_LENGTH($0)", sqlite: "length($0)", .text),
        Row("POSITION($1 IN $0)", sqlite: "instr($0, $1)", .text, .text),
        Row("COALESCE($0, $1)", .integer, .integer), Row("NULLIF($0, $1)", .integer, .integer),
        Row("CASE WHEN $0 THEN $1 ELSE $2 END", .boolean, .integer, .integer),
        Row("CASE WHEN $0 THEN $1 END", .boolean, .integer),
        Row("CASE $0 WHEN $1 THEN $2 WHEN $3 THEN $4 ELSE $0 END", .integer, .integer, .integer, .integer, .integer),
        Row("CAST($0 AS INT)", sqlite: "CAST($0 AS INTEGER)", .boolean),
        Row("CAST(CAST($0 AS STRING) AS INT)", sqlite: "CAST(CAST($0 AS TEXT) AS INTEGER)", .integer),
        Row("GREATEST($0, $1)", sqlite: "max($0, $1)", .integer, .integer),
        Row("LEAST($0, $1)", sqlite: "min($0, $1)", .integer, .integer),
    ]

    private static let texts = [
        Row("($0 || $1)", .text, .text), Row("UPPER($0)", .text), Row("LOWER($0)", .text),
        Row("SUBSTRING($0, 2)", sqlite: "substr($0, 2)", .text),
        Row("SUBSTRING($0, 1, 2)", sqlite: "substr($0, 1, 2)", .text),
        Row(
            "SUBSTRING($0, 1 + ABS($1), ABS($2))", sqlite: "substr($0, 1 + abs($1), abs($2))", .text, .integer, .integer
        ),
        Row("REPLACE($0, 'a', $1)", .text, .text), Row("TRIM($0)", .text), Row("LTRIM($0)", .text),
        Row("RTRIM($0, 'b')", .text),
        Row("COALESCE($0, $1)", .text, .text), Row("NULLIF($0, $1)", .text, .text),
        Row("CASE WHEN $0 THEN $1 ELSE $2 END", .boolean, .text, .text),
        Row("CASE $0 WHEN $1 THEN $2 END", .text, .text, .text),
        Row("CAST($0 AS STRING)", sqlite: "CAST($0 AS TEXT)", .integer),
    ]

    private static let booleans = [
        Row("($0 AND $1)", .boolean, .boolean), Row("($0 OR $1)", .boolean, .boolean), Row("(NOT $0)", .boolean),
        Row("($0 IS NULL)", .integer), Row("($0 IS NOT NULL)", .text), Row("($0 IS NULL)", .boolean),
        Row("($0 IS TRUE)", .boolean), Row("($0 IS NOT TRUE)", .boolean), Row("($0 IS FALSE)", .boolean),
        Row("($0 IS NOT FALSE)", .boolean), Row("($0 IS UNKNOWN)", sqlite: "($0 IS NULL)", .boolean),
        Row("($0 BETWEEN $1 AND $2)", .integer, .integer, .integer),
        Row("($0 NOT BETWEEN $1 AND $2)", .text, .text, .text),
        Row("($0 LIKE 'a%')", .text), Row("($0 LIKE '%b%')", .text), Row("($0 NOT LIKE '_b%')", .text),
        Row("($0 LIKE 'a!%' ESCAPE '!')", .text), Row("($0 LIKE $1)", .text, .text),
        Row("BEGINS_WITH($0, $1)", sqlite: beginsWith.sqlite, .text, .text, fixed: 1),
        Row("COALESCE($0, $1)", .boolean, .boolean),
        Row("CASE WHEN $0 THEN $1 ELSE $2 END", .boolean, .boolean, .boolean),
    ]

    static func aggregates(of kind: Kind) -> [Row] {
        switch kind {
        case .integer:
            [
                Row("COUNT(*)"), Row("COUNT($0)", .integer), Row("COUNT($0)", .text),
                Row("COUNT(DISTINCT $0)", .integer),
                Row("COUNT(DISTINCT $0)", .text), Row("SUM($0)", .integer), Row("SUM(DISTINCT $0)", .integer),
                Row("MIN($0)", .integer), Row("MAX($0)", .integer),
            ]
        case .text: [Row("MIN($0)", .text), Row("MAX($0)", .text), Row("MAX(DISTINCT $0)", .text)]
        case .boolean:
            [
                Row("EVERY($0)", sqlite: "MIN($0)", .boolean), Row("ANY($0)", sqlite: "MAX($0)", .boolean),
                Row("SOME($0)", sqlite: "MAX($0)", .boolean), Row("MIN($0)", .boolean),
                // Averages are compared with integers only: they are decimals in the one, binary floats in the other.
                Row("(AVG($0) > $1)", .integer, .integer, fixed: 1),
                Row("(AVG(DISTINCT $0) <= $1)", .integer, .integer, fixed: 1),
            ]
        }
    }

    /// Window functions that need no argument but the window; all give integers.
    static let rankings = [Row("ROW_NUMBER()"), Row("RANK()"), Row("DENSE_RANK()"), Row("NTILE(2)"), Row("NTILE(3)")]

    /// Window functions that look at another row.
    static func navigations(of kind: Kind) -> [Row] {
        [
            Row("LAG($0)", kind), Row("LEAD($0)", kind), Row("LAG($0, 2)", kind), Row("LEAD($0, 1, $1)", kind, kind),
            Row("FIRST_VALUE($0)", kind), Row("LAST_VALUE($0)", kind),
        ]
    }
}

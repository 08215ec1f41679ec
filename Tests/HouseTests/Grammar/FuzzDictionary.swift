import HindsightQuery
import HindsightSyntax

/// `Tests/Fuzzing/pq.dict`: the words and signs that libFuzzer puts into its inputs, in its own notation.
enum FuzzDictionary {
    private static let signs = [
        "<<", ">>", "<>", "!=", "<=", ">=", "||", "/*", "*/", "--", "''", "`{", "}`", "[*]", ".*", "AS OF ", " IS NOT ",
    ]

    static func text() -> String {
        let words =
            Keyword.allCases.map { $0.rawValue + " " } + FunctionTable.names.map { $0 + "(" }
            + AggregateKind.allCases.map { $0.rawValue + "(" } + signs
        return "# Made by Tests/HouseTests from the tables in the code.\n"
            + words.map { "\"\($0)\"\n" }.joined()
    }
}

/// All built-in functions, by name.
///
/// The rows stand in one file for each subject; this table puts them together. Adding a function is adding a row there.
package enum FunctionTable {
    /// Every function once, by subject.
    package static let all: [Function] =
        StringFunctions.all + RegularExpressionFunctions.all + NumberFunctions.all + CollectionFunctions.all
        + TimeFunctions.all + FormatFunctions.all + TypeFunctions.all + FormFunctions.all + AggregateFunctions.all + GraphFunctions.all

    /// The names without aliases, sorted.
    package static let names: [String] = all.map(\.name).sorted()

    /// The names and aliases, sorted.
    package static let allNames: [String] = Set(all.flatMap(\.names)).sorted()

    /// The function of this name or alias, without regard to case.
    package static func lookup(_ name: String, in dialect: Dialect) -> Function? {
        byName[name.uppercased()]?.first { $0.dialect == nil || $0.dialect == dialect.name }
    }

    private static let byName: [String: [Function]] = {
        var table: [String: [Function]] = [:]
        for function in all {
            for name in function.names { table[name, default: []].append(function) }
        }
        return table
    }()
}

/// All built-in functions, by name.
///
/// The rows stand in one file for each subject; this table puts them together. Adding a function is adding a row there.
package enum FunctionTable {
    /// Every function once, by subject.
    package static let all: [Function] = []

    /// The function of this name or alias, without regard to case.
    package static func lookup(_ name: String) -> Function? {
        byName[name.uppercased()]
    }

    private static let byName: [String: Function] = {
        var table: [String: Function] = [:]
        for function in all {
            table[function.name] = function
            for alias in function.aliases { table[alias] = function }
        }
        return table
    }()
}

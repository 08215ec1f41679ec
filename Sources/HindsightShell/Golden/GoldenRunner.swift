import Hindsight

/// Checks and rewrites golden scripts, for `pq --check`, `pq --rewrite` and the tests.
///
/// A script runs on a database of its own in memory, unless one is given. The clock stands at 2026-05-01T12:00:00Z and goes
/// on by a second after each statement; rows are printed as whole tables unless the script says `.mode`; times are not
/// printed. Relative names of files in EXPORT and IMPORT belong to a folder of its own, which is gone when it ends.
package enum GoldenRunner {
    /// What became of a script.
    package enum Outcome: Equatable, Sendable {
        case asExpected
        /// Expected and actual output, drawn as a difference.
        case different(String)
    }

    /// Runs a script and compares its output with what is expected in it.
    package static func check(_ source: ScriptSource, database: String? = nil, clock: Int64? = nil)
        throws(DatabaseError) -> Outcome
    {
        let actual = try rewrite(source, database: database, clock: clock)
        let isEqual = actual.utf8.elementsEqual(source.text.utf8)
        return isEqual ? .asExpected : .different(LineDifference.draw(expected: source.text, actual: actual))
    }

    /// Runs a script.
    /// - Returns: its text with the actual output as the expected one.
    package static func rewrite(_ source: ScriptSource, database: String? = nil, clock: Int64? = nil)
        throws(DatabaseError) -> String
    {
        let scratch = try ScratchFolder()
        defer { scratch.remove() }
        let connection = try Connection(
            path: database, clock: clock ?? ShellClock.timeOfScripts, folder: scratch.path)
        let output = TextOutput.memory()
        let shell = Shell(connection, output: output, reporter: StatementErrorReporter(output))
        return GoldenScript(source).rewritten(running: shell, output)
    }
}

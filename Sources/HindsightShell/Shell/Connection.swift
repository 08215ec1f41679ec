import Hindsight

/// An open database with the session that the shell's statements run in.
package final class Connection {
    /// What the prompt calls the database.
    package let name: String
    let session: Session
    let clock: ShellClock
    let database: Database
    /// The last commit that a statement of this session made.
    var lastWrite: Commit?

    /// Opens a database file, or one in memory.
    ///
    /// - Parameter time: where a clock of its own starts, in microseconds since 1970; nil for the system's clock.
    /// - Parameter folder: what relative names of files in EXPORT and IMPORT are relative to; nil for the working directory.
    /// - Throws: `DatabaseError`.
    package init(path: String?, isReadOnly: Bool = false, clock time: Int64? = nil, folder: String? = nil)
        throws(DatabaseError)
    {
        var options = Database.Options()
        clock = ShellClock(time, system: options.clock)
        options.clock = clock.now
        options.isReadOnly = isReadOnly
        options.folder = folder
        database = if let path { try Database(path: path, options: options) } else { try .inMemory(options: options) }
        session = database.makeSession()
        name = path.map(Self.name(ofFile:)) ?? "memory"
    }

    /// Runs one statement, and lets its second pass, whatever comes of it.
    ///
    /// - Parameter progress: told how far an export or import has come.
    /// - Returns: the result, and the statement as it was understood.
    func execute(
        _ text: String, progress: (@Sendable (FileProgress) -> Void)? = nil
    ) throws(DatabaseError) -> (result: Session.Result, statement: PreparedStatement) {
        defer { clock.step() }
        let statement = try session.prepare(text)
        return (try session.execute(statement.bind(), progress: progress), statement)
    }

    /// The file's name without folders and ending.
    private static func name(ofFile path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".hsdb") ? String(file.dropLast(5)) : file
    }
}

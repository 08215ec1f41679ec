import HindsightQuery
import HindsightStorage
import HindsightValues

/// An embedded document database that remembers: every table can be read as of any moment of its past, and restored to it.
///
/// ```swift
/// let db = try Database(path: "shop.hsdb")
/// try db.execute("CREATE TABLE Music (Artist STRING PARTITION KEY, Title STRING SORT KEY)")
/// try db.execute("ALTER TABLE Music SET POINT_IN_TIME_RECOVERY ON")
/// try db.write { try $0.insert(Track(artist: "Björk", title: "Jóga"), into: "Music") }
/// let before = try db.at(.time(.now - 600)).query("SELECT * FROM Music", as: Track.self)
/// ```
///
/// One object serves a whole program: any number of threads read, each a snapshot; writers take turns. Several processes
/// may have one file open.
public final class Database: Reading, Sendable {
    let store: Store
    let provider: StorageProvider
    private let options: Options
    let sessions: SessionPool
    let queue = BlockingQueue()

    /// Opens the database in the file at `path`, made if it is absent.
    ///
    /// - Throws: `DatabaseError`: `notADatabase`, `newerFormat`, `truncated`, `corrupt`, `fileNotFound`,
    ///   `permissionDenied`, `readOnly`, `diskFull`, `inputOutput`.
    public convenience init(path: String, options: Options = Options()) throws(DatabaseError) {
        do {
            self.init(store: try Store.open(path: path, options: options.ofStore), options: options)
        } catch {
            throw DatabaseError(error)
        }
    }

    /// A database that lasts as long as this object.
    public static func inMemory(options: Options = Options()) throws(DatabaseError) -> Database {
        do {
            return Database(store: try Store.inMemory(options: options.ofStore), options: options)
        } catch {
            throw DatabaseError(error)
        }
    }

    private init(store: Store, options: Options) {
        self.store = store
        self.options = options
        provider = StorageProvider(store: store)
        sessions = SessionPool(provider: provider, options: options.ofSession)
        store.runPlansIfDue()
    }

    /// A session of its own, for statements that belong together over time, such as those of a shell.
    public func makeSession() -> Session {
        sessions.make()
    }

    /// Runs one statement and hands its result to `body` while it lasts.
    public func withResult<R>(of statement: Statement, _ body: (Session.Result) throws -> R) throws -> R {
        try sessions.withSession { try body($0.execute(statement)) }
    }

    /// Runs `body` on one snapshot: what others commit meanwhile is not seen.
    ///
    /// - Throws: what `body` throws, `DatabaseError`.
    public func read<R>(_ body: (Reader) throws -> R) throws -> R {
        try sessions.withSession { try $0.read(body) }
    }

    /// Runs `body` as one transaction: durable and visible when this returns, undone if `body` throws. Writers take
    /// turns; a `write` inside a `write` is an error.
    ///
    /// - Throws: what `body` throws, `DatabaseError`.
    @discardableResult
    public func write<R>(_ body: (Transaction) throws -> R) throws -> Written<R> {
        try sessions.withSession { try $0.write(body) }
    }

    /// Runs one statement as a transaction of its own.
    @discardableResult
    public func execute(_ statement: Statement) throws(DatabaseError) -> Outcome {
        try sessions.withSession { session throws(DatabaseError) in try session.execute(statement).outcome() }
    }

    /// Parses and plans a statement, to be run any number of times.
    public func prepare(_ text: String) throws(DatabaseError) -> PreparedStatement {
        try sessions.withSession { session throws(DatabaseError) in try session.prepare(text) }
    }

    /// The database as it stood at a moment, to be read like the present. Whether a table reaches back that far is found
    /// when it is read.
    public func at(_ moment: Moment) -> Past {
        var options = options.ofSession
        options.moment = moment.inQuery
        options.isReadOnly = true
        return Past(
            moment: moment, sessions: SessionPool(provider: provider, options: options), queue: queue)
    }

    /// `VACUUM`: collects what has left the retention of its tables, and gives the space that nothing needs any more back
    /// to the file system, by a compacted copy that takes the file's place.
    ///
    /// Other threads wait meanwhile. Snapshots and transactions in this process are waited for, a few seconds long.
    ///
    /// - Returns: the bytes of the file before and after.
    /// - Throws: `DatabaseError`: `busy` if the file is open in another process or stays in use in this one, `readOnly`,
    ///   `diskFull`: there must be room for the copy. The file is as it was then.
    /// - Complexity: O(bytes in use).
    @discardableResult
    public func vacuum() throws(DatabaseError) -> (before: Int, after: Int) {
        do {
            let result = try store.vacuum()
            return (result.before, result.after)
        } catch {
            throw DatabaseError(error)
        }
    }

    /// Collects the versions that have left the retention of their tables, in small transactions.
    ///
    /// - Returns: the number of entries removed.
    @discardableResult
    public func collectGarbage() throws(DatabaseError) -> Int {
        do {
            return try store.collectGarbage().removed
        } catch {
            throw DatabaseError(error)
        }
    }
}

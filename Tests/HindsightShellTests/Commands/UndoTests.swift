import Hindsight
import Testing

@testable import HindsightShell

/// `.undo` beside other writers.
struct UndoTests {
    private let connection: Connection

    init() throws {
        connection = try Connection(path: nil, clock: ShellClock.timeOfScripts)
        try run("CREATE TABLE t (id NUMBER PARTITION KEY) WITH (POINT_IN_TIME_RECOVERY = ON)")
        try run("INSERT INTO t <<{'id': 1, 'a': 1}, {'id': 2, 'a': 1}>>")
    }

    @discardableResult
    private func run(_ text: String) throws -> Commit? {
        switch try connection.execute(text).result {
        case .changed(let outcome): outcome.commit
        case .restored(let report): report.commit
        case .done(let commit): commit
        case .rows, .value: nil
        }
    }

    private func undo(_ commit: Commit?) throws -> Commit? {
        try Undo(connection: connection, commit: try #require(commit)).run(.memory())
    }

    private func items() throws -> [Value] {
        try connection.values("SELECT VALUE [t.id, t.a] FROM t ORDER BY id")
    }

    @Test func leavesWhatOthersDidToOtherItems() throws {
        let mine = try run("UPDATE t SET a = 2 WHERE id = 1")
        try connection.database.execute("UPDATE t SET a = 3 WHERE id = 2")
        try connection.database.execute("INSERT INTO t VALUE {'id': 4, 'a': 4}")
        #expect(try undo(mine) != nil)
        #expect(try items() == [[1, 1], [2, 3], [4, 4]])
    }

    @Test func refusesWhatOthersChanged() throws {
        let mine = try run("UPDATE t SET a = 2")
        try connection.database.execute("DELETE FROM t WHERE id = 2")
        #expect(throws: ShellError.self) { try undo(mine) }
        #expect(!connection.session.isInTransaction)
        #expect(try items() == [[1, 2]])
    }

    @Test func hintsAtTheStatementThatUndoes() throws {
        let mine = try #require(try run("DELETE FROM t"))
        #expect(Undo(connection: connection, commit: mine).hint() == "REVERT TABLE t TO 'v\(mine.version - 1)';")
        try run("CREATE TABLE u (id NUMBER PARTITION KEY)")
        let other = try #require(try run("INSERT INTO u VALUE {'id': 1}"))
        #expect(Undo(connection: connection, commit: other).hint() == nil)
    }
}

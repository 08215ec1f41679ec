import HindsightTestSupport
import Testing

@testable import HindsightShell

/// What a user sees who types at the prompt.
struct PromptTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func start(_ arguments: [String] = []) -> TerminalSession {
        TerminalSession(arguments, environment: ["XDG_STATE_HOME=\(directory.path)", "HOME=\(directory.path)"])
    }

    @Test func runsStatementsAndLeaves() throws {
        let session = start([directory.file("shop.hsdb")])
        #expect(session.shows("shop> "))
        session.send("SELECT '坂本龍一 🦆' AS name;\r")
        #expect(session.shows("│ 坂本龍一 🦆 │"))
        #expect(session.shows("(1 row)  "))
        #expect(session.shows("shop> "))
        session.send("\u{04}")
        #expect(session.exitStatus() == 0)
    }

    @Test func tellsHowToUndoAWrite() throws {
        let session = start()
        #expect(session.shows("memory> "))
        session.send("CREATE TABLE t (id NUMBER PARTITION KEY) WITH (POINT_IN_TIME_RECOVERY = ON);\r")
        #expect(session.shows("table created"))
        #expect(session.shows("memory> "))
        session.send("INSERT INTO t VALUE {'id': 1};\r")
        #expect(session.shows("undo: REVERT TABLE t TO 'v1';"))
        #expect(session.shows("memory> "))
        session.send(".undo\r")
        #expect(session.shows("v2 undone (v3"))
    }

    @Test func takesAStatementOverSeveralRows() throws {
        let session = start()
        #expect(session.shows("memory> "))
        session.send("SELECT 'a' || \r")
        session.send("'b' AS c\r;\r")
        #expect(session.shows("│ ab │"))
        #expect(session.shows("memory> "))
        session.send("\u{1B}[A")
        #expect(session.shows("'b' AS c"))
        session.send("\r")
        #expect(session.shows("│ ab │"))
    }

    @Test func dropsWhatIsTypedAtCtrlC() throws {
        let session = start()
        #expect(session.shows("memory> "))
        session.send("SELECT 'unfinished\r and more")
        #expect(session.shows("and more"))
        session.send("\u{03}")
        #expect(session.shows("^C"))
        #expect(session.shows("memory> "))
        session.send("1 + 1;\r")
        #expect(session.shows("\n2"))
        session.send(".quit\r")
        #expect(session.exitStatus() == 0)
    }

    @Test func stopsAQueryAtCtrlC() throws {
        let session = start()
        #expect(session.shows("memory> "))
        let numbers = "<<1,2,3,4,5,6,7,8,9,10>>"
        let sources = "abcdefghij".map { "\(numbers) AS \($0)" }.joined(separator: ", ")
        try FileSystem.write("SELECT COUNT(*) AS n FROM \(sources);", to: directory.file("slow.pq"))
        session.send(".read \(directory.file("slow.pq"))\r")
        #expect(!session.shows("memory> ", milliseconds: 300))
        session.send("\u{03}")
        #expect(session.shows("interrupted after"))
        #expect(session.shows("memory> "))
        session.send("2 + 3;\r")
        #expect(session.shows("\n5"))
    }

    @Test func remembersStatementsAcrossSessions() throws {
        let first = start()
        #expect(first.shows("memory> "))
        first.send("SELECT\r1 AS remembered;\r")
        #expect(first.shows("│          1 │"))
        first.send(" 'secret';\r")
        #expect(first.shows("'secret'\n"))
        #expect(first.shows("memory> "))
        first.send("\u{04}")
        #expect(first.exitStatus() == 0)
        #expect(HistoryFile(path: directory.file("hindsight/history")).entries() == ["SELECT\n1 AS remembered;"])

        let second = start()
        #expect(second.shows("memory> "))
        second.send("\u{1B}[A\r")
        #expect(second.shows("│          1 │"))
        // Until the prompt is there, the terminal itself would take the control character.
        #expect(second.shows("memory> "))
        second.send("\u{12}rememb\r")
        #expect(second.shows("│          1 │"))
        #expect(second.shows("memory> "))
        second.send(".history 2\r")
        #expect(second.shows("SELECT\n1 AS remembered;\n"))
    }

    @Test func completesAtTheTabKey() throws {
        let session = start()
        #expect(session.shows("memory> "))
        session.send("CREATE TABLE ProductCatalog (Id NUMBER PARTITION KEY);\r")
        #expect(session.shows("table created"))
        session.send("SELECT * FROM Pro\t;\r")
        #expect(session.shows("(0 rows)"))
        session.send(".ti\t on\r")
        session.send(".timer\r")
        #expect(session.shows(".timer on\n"))
    }

    @Test func pastesTextAsItIs() throws {
        let session = start()
        #expect(session.shows("memory> "))
        session.send("\u{1B}[200~SELECT 'a\tb' AS pasted;\rSELECT 2 AS second;\r\u{1B}[201~")
        #expect(session.shows("second;"))
        #expect(!session.shows("│", milliseconds: 200))
        session.send("\r")
        #expect(session.shows("a\\tb"))
        #expect(session.shows("│ second │"))
    }

    @Test func drawsErrorsAndGoesOn() throws {
        let session = start()
        #expect(session.shows("memory> "))
        session.send("SELECT * FROM Nope;\r")
        #expect(session.shows("error: there is no table 'Nope'"))
        #expect(session.shows("^~~~"))
        session.send("quit\r")
        #expect(session.shows("did you mean '.quit'?"))
        session.send("3 + 4;\r")
        #expect(session.shows("\n7"))
    }

    @Test func endsWithItsTerminal() throws {
        let session = start()
        #expect(session.shows("memory> "))
        session.signal(.terminate)
        #expect(session.exitStatus() == 143)
    }
}

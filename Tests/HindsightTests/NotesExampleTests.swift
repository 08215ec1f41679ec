import HindsightTestSupport
import Testing

/// The example program, built with the package and run as its user would.
struct NotesExampleTests {
    @Test func notesAreKeptAndTakenBack() throws {
        let directory = try TemporaryDirectory()
        func notes(_ arguments: String...) throws -> String {
            try BuiltProgram("notes").run([directory.file("my.hsdb")] + arguments).output
        }
        #expect(try notes("add", "Buy milk #shopping") == "note 1 added\n")
        #expect(try notes("add", "Write home") == "note 2 added\n")
        let version = try notes("version").split(separator: "\n").joined()
        #expect(try notes("edit", "2", "Write home soon") == "note 2 changed\n")
        #expect(try notes("remove", "1") == "note 1 removed\n")
        #expect(try notes("list") == "2  Write home soon\n")
        #expect(try notes("list", version) == "1  Buy milk #shopping  [shopping]\n2  Write home\n")
        #expect(try notes("undo") == "1 taken back\n")
        #expect(try notes("list") == "1  Buy milk #shopping  [shopping]\n2  Write home soon\n")
        #expect(try notes("remove", "9") == "there is no note 9\n")
    }

    @Test func wrongArgumentsShowTheUsage() throws {
        #expect(try BuiltProgram("notes").run(["x.hsdb"]).output.hasPrefix("usage: notes FILE"))
    }
}

import Dispatch
import HindsightTestSupport
import Testing

@testable import HindsightShell

struct HistoryFileTests {
    @Test func keepsStatementsWhole() throws {
        let directory = try TemporaryDirectory()
        let history = HistoryFile(path: directory.file("state/hindsight/history"))
        let entries = ["SELECT 1;", "SELECT\n  'a\\nb',\n  2;", "\\", "坂本龍一 🦆", "tab\there"]
        for entry in entries { try history.append(entry) }
        #expect(HistoryFile(path: history.path).entries() == entries)
    }

    @Test func isForTheUserAlone() throws {
        let directory = try TemporaryDirectory()
        let history = HistoryFile(path: directory.file("history"))
        try history.append("SELECT 1;")
        #expect(try FilePermissions.of(history.path) == 0o600)
    }

    @Test func takesEntriesOfTwoWritersWhole() throws {
        let directory = try TemporaryDirectory()
        let history = HistoryFile(path: directory.file("history"))
        let long = String(repeating: "x\n", count: 4_000)
        DispatchQueue.concurrentPerform(iterations: 4) { writer in
            for number in 0..<50 {
                try? history.append("\(writer) \(number) \(long)")
            }
        }
        let entries = history.entries()
        #expect(entries.count == 200)
        for writer in 0..<4 {
            let numbers = entries.filter { $0.hasPrefix("\(writer) ") }.map { $0.split(separator: " ")[1] }
            #expect(numbers == (0..<50).map { Substring("\($0)") })
        }
        #expect(entries.allSatisfy { $0.hasSuffix(long) })
    }

    @Test func shrinksWhenItHasGrownLarge() throws {
        let directory = try TemporaryDirectory()
        let history = HistoryFile(path: directory.file("history"))
        let lines = (0..<2 * HistoryFile.capacity).map { "SELECT \($0);\n" }
        try FileSystem.write("hindsight history 1\n" + lines.joined(), to: history.path)
        try history.compact()
        let entries = history.entries()
        #expect(entries.count == HistoryFile.capacity)
        #expect(entries.first == "SELECT \(HistoryFile.capacity);")
        #expect(try FileSystem.contents(of: history.path).count < lines.joined().utf8.count * 2 / 3)
    }

    @Test func readsNothingFromOtherFiles() throws {
        let directory = try TemporaryDirectory()
        try FileSystem.write("_HiStOrY_V2_\nSELECT\\0401;\n", to: directory.file("history"))
        #expect(HistoryFile(path: directory.file("history")).entries().isEmpty)
        #expect(HistoryFile(path: directory.file("none")).entries().isEmpty)
    }
}

import HindsightKeyValue
import HindsightTestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct EnvironmentTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func createsOneFileThatOthersMayNotRead() throws {
        let path = directory.file("a.db")
        let environment = try Environment.open(path: path, trees: ["t"])
        #expect(try RawFile.mode(path) == 0o600)
        #expect(environment.path == path)
        #expect(!environment.isReadOnly)
    }

    @Test func keepsWhatWasCommittedWhenReopened() throws {
        let path = directory.file("a.db")
        do {
            try Environment.open(path: path, trees: ["t"]).put([("a", "1"), ("b", "2")])
        }
        #expect(try Environment.open(path: path, trees: ["t"]).contents() == ["a=1", "b=2"])
    }

    @Test func fillsAnEmptyFile() throws {
        let path = directory.file("a.db")
        try RawFile.write([], to: path)
        let environment = try Environment.open(path: path, trees: ["t"])
        try environment.put([("a", "1")])
        #expect(try environment.contents() == ["a=1"])
    }

    @Test func keepsTreesApart() throws {
        let environment = try Environment.open(path: directory.file("a.db"), trees: ["t", "u"])
        #expect(environment.tree(named: "t") != environment.tree(named: "u"))
        try environment.put([("a", "1")])
        try environment.put([("a", "2")], in: environment.tree(named: "u"))
        #expect(try environment.contents() == ["a=1"])
        #expect(try environment.contents(of: environment.tree(named: "u")) == ["a=2"])
    }

    // MARK: Sharing

    @Test func oneFileOpenedTwiceIsOneEnvironment() throws {
        let path = directory.file("a.db")
        let first = try Environment.open(path: path, trees: ["t"])
        try #require(symlink(path, directory.file("other.db")) == 0)
        do {
            let second = try Environment.open(path: directory.file("other.db"), trees: ["t", "u"])
            #expect(second.tree(named: "t") == first.tree(named: "t"))
            try second.put([("a", "1")])
            #expect(try first.contents() == ["a=1"])
        }
        // The other's release did not close the file.
        try first.put([("b", "2")])
        #expect(try first.contents() == ["a=1", "b=2"])
    }

    @Test func theLastReleaseCloses() throws {
        let path = directory.file("a.db")
        do {
            var options = EnvironmentOptions()
            options.durability = .relaxed
            let first = try Environment.open(path: path, options: options, trees: ["t"])
            let second = try Environment.open(path: path, options: options, trees: ["t"])
            try first.put([("a", "1")])
            try second.put([("b", "1")])
        }
        // Were it still open, the other durability would be refused.
        #expect(try Environment.open(path: path, trees: ["t"]).contents() == ["a=1", "b=1"])
    }

    @Test func aTransactionKeepsTheFileOpen() throws {
        let path = directory.file("a.db")
        let reading = try Environment.open(path: path, trees: ["t"]).beginRead()
        #expect(try reading.contents(of: reading.environment.tree) == [])
        let again = try Environment.open(path: path, trees: ["t"])
        #expect(again.tree == reading.environment.tree)
    }

    @Test func optionsThatContradictAreRefused() throws {
        let path = directory.file("a.db")
        let full = try Environment.open(path: path, trees: ["t"])
        var options = EnvironmentOptions()
        options.durability = .relaxed
        #expect(
            try codeThrown { _ = try Environment.open(path: path, options: options, trees: ["t"]) }
                == .incompatibleOptions)
        options = EnvironmentOptions()
        options.isReadOnly = true
        let readOnly = try Environment.open(path: path, options: options, trees: ["t"])
        #expect(try codeThrown { _ = try readOnly.beginWrite() } == .readOnly)
        try full.put([("a", "1")])
        #expect(try readOnly.contents() == ["a=1"])
    }

    @Test func manyThreadsMayOpenAndCloseAtOnce() async throws {
        let path = directory.file("a.db")
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    do {
                        let environment = try Environment.open(path: path, trees: ["t"])
                        try environment.put([("\(number)", "x")])
                    } catch {
                        Issue.record(error)
                    }
                }
            }
        }
        #expect(try Environment.open(path: path, trees: ["t"]).contents().count == 40)
    }

    // MARK: Read-only

    @Test func readOnlyReadsAndDoesNotWrite() throws {
        let path = directory.file("a.db")
        do {
            try Environment.open(path: path, trees: ["t"]).put([("a", "1")])
        }
        var options = EnvironmentOptions()
        options.isReadOnly = true
        let environment = try Environment.open(path: path, options: options, trees: ["t"])
        #expect(try environment.contents() == ["a=1"])
        #expect(try codeThrown { _ = try environment.beginWrite() } == .readOnly)
        #expect(try codeThrown { _ = try Environment.open(path: path, trees: ["t"]) } == .incompatibleOptions)
        #expect(try codeThrown { _ = try Environment.open(path: path, options: options, trees: ["u"]) } == .missingTree)
    }

    // MARK: Temporary

    @Test func aTemporaryEnvironmentLeavesNoFile() throws {
        let environment = try Environment.openTemporary(trees: ["t"])
        try environment.put([("a", "1")])
        #expect(try environment.contents() == ["a=1"])
        #expect(access(environment.path, F_OK) != 0)
        #expect(access(environment.path + "-lock", F_OK) != 0)
        let other = try Environment.openTemporary(trees: ["t"])
        #expect(try other.contents() == [])
    }

    // MARK: Information, copies

    @Test func informationCountsPages() throws {
        let environment = try Environment.openTemporary(trees: ["t"])
        let before = try environment.information()
        #expect(before.mapByteCount == 1 << 40)
        #expect(before.pageByteCount >= 4096)
        try environment.put((0..<5000).map { ("key \($0)", "value \($0)") })
        let after = try environment.information()
        #expect(after.lastTransaction == before.lastTransaction + 1)
        #expect(after.usedByteCount > 5000 * 16)
        #expect(after.usedByteCount > before.usedByteCount)
        var clearing = try environment.beginWrite()
        try clearing.clear(environment.tree)
        try clearing.commit()
        let cleared = try environment.information()
        #expect(cleared.pageCount >= after.pageCount)
        #expect(cleared.usedByteCount < after.usedByteCount)
        #expect(cleared.freePageCount > after.freePageCount)
        #expect(try environment.beginRead().entryCount(environment.tree) == 0)
    }

    @Test func aCompactCopyIsAsGoodAndSmaller() throws {
        let path = directory.file("a.db")
        let copy = directory.file("b.db")
        let environment = try Environment.open(path: path, trees: ["t"])
        try environment.put((0..<5000).map { ("key \($0)", "value \($0)") })
        var deleting = try environment.beginWrite()
        for number in 0..<4900 { try deleting.delete(environment.tree, bytes("key \(number)").span.bytes) }
        try deleting.commit()
        try environment.copyCompacted(to: copy)
        #expect(try RawFile.byteCount(copy) < RawFile.byteCount(path) / 5)
        #expect(try RawFile.mode(copy) == 0o600)
        #expect(try Environment.open(path: copy, trees: ["t"]).contents() == environment.contents())
        try Environment.open(path: copy, trees: ["t"]).verifyPages()
        #expect(try codeThrown { try environment.copyCompacted(to: copy) } == .fileExists)
        #expect(
            try codeThrown { try environment.copyCompacted(to: directory.file("none/b.db")) } == .noSuchDirectory)
    }

    @Test func relaxedCommitsCanBeSynced() throws {
        var options = EnvironmentOptions()
        options.durability = .relaxed
        let environment = try Environment.open(path: directory.file("a.db"), options: options, trees: ["t"])
        try environment.put([("a", "1")])
        try environment.sync()
        #expect(try environment.contents() == ["a=1"])
    }

    @Test func aSmallerMapIsTakenWhereALargeOneIsRefused() throws {
        var options = EnvironmentOptions()
        options.mapByteCount = 1 << 62
        let environment = try Environment.open(path: directory.file("a.db"), options: options, trees: ["t"])
        try environment.put([("a", "1")])
        #expect(try environment.information().mapByteCount < 1 << 62)
    }
}

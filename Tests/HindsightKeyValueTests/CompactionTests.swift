import HindsightKeyValue
import HindsightTestSupport
import Testing

struct CompactionTests {
    private func open(_ path: String, _ options: EnvironmentOptions = .init()) throws -> Environment {
        try Environment.open(path: path, options: options, trees: ["t", "u"])
    }

    /// Much is written and taken away again.
    private func makeHoles(_ environment: Environment) throws {
        let value = String(repeating: "x", count: 3000)
        try environment.put((0..<500).map { ("key \($0)", value) })
        try environment.put([("a", "1")], in: environment.tree(named: "u"))
        var writing = try environment.beginWrite()
        for index in 1..<500 { try writing.delete(environment.tree, bytes("key \(index)").span.bytes) }
        try writing.commit()
        try environment.put([("key 0", "kept")])
    }

    @Test func theFileBecomesSmallAndKeepsItsContents() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("test.db")
        let environment = try open(path)
        try makeHoles(environment)
        let before = try RawFile.read(path).count
        try environment.compact()
        #expect(try RawFile.read(path).count < before / 10)
        #expect(try environment.contents() == ["key 0=kept"])
        #expect(try environment.contents(of: environment.tree(named: "u")) == ["a=1"])
        try environment.verifyPages()
        try environment.put([("b", "2")])
        #expect(try open(path).contents() == ["b=2", "key 0=kept"])
        #expect(directory.contents == ["test.db", "test.db-lock"])
    }

    @Test func whatIsInUseIsNotTouched() throws {
        let directory = try TemporaryDirectory()
        let environment = try open(directory.file("test.db"))
        try makeHoles(environment)
        do {
            let reading = try environment.beginRead()
            #expect(throws: KeyValueError.self) { try environment.compact() }
            #expect(try reading.contents(of: environment.tree) == ["key 0=kept"])
        }
        do {
            let second = try open(directory.file("test.db"))
            #expect { try environment.compact() } throws: { ($0 as? KeyValueError)?.code == .busy }
            #expect(try second.contents() == ["key 0=kept"])
        }
        try environment.compact()
        #expect(try environment.contents() == ["key 0=kept"])
    }

    @Test func aLeftCopyOfAnEarlierAttemptIsRemoved() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("test.db")
        let environment = try open(path)
        try environment.put([("a", "1")])
        try RawFile.write(bytes("rubbish"), to: path + "-vacuum")
        try environment.compact()
        #expect(try environment.contents() == ["a=1"])
        #expect(directory.contents == ["test.db", "test.db-lock"])
    }

    @Test func readOnlyAndTemporaryFilesStayAsTheyAre() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("test.db")
        try open(path).put([("a", "1")])
        var options = EnvironmentOptions()
        options.isReadOnly = true
        let reader = try open(path, options)
        #expect { try reader.compact() } throws: { ($0 as? KeyValueError)?.code == .readOnly }
        let temporary = try Environment.openTemporary(trees: ["t"])
        try temporary.put([("a", "1")])
        try temporary.compact()
        #expect(try temporary.contents() == ["a=1"])
    }

    /// Threads that come while the file is replaced wait, and see all that was committed.
    @Test func othersWaitMeanwhile() async throws {
        let directory = try TemporaryDirectory()
        let environment = try open(directory.file("test.db"))
        try makeHoles(environment)
        let compactions = try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask {
                var count = 0
                for _ in 0..<200 {
                    do {
                        try environment.compact()
                        count += 1
                    } catch let error as KeyValueError where error.code == .busy {
                        continue
                    }
                }
                return count
            }
            for task in 0..<2 {
                group.addTask {
                    for round in 0..<100 {
                        try environment.put([("\(task)/\(round)", "x")])
                        #expect(try environment.contents().contains("\(task)/\(round)=x"))
                    }
                    return 0
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(try environment.contents().count == 201)
        #expect(compactions > 0)
    }
}

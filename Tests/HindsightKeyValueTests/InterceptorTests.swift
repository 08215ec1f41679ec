import HindsightKeyValue
import HindsightTestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct InterceptorTests {
    let directory: TemporaryDirectory
    var path: String { directory.file("a.db") }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private static func options(_ interceptor: any CallInterceptor) -> EnvironmentOptions {
        var options = EnvironmentOptions()
        options.interceptor = interceptor
        return options
    }

    @Test func logsEveryStep() throws {
        let log = LoggingInterceptor()
        let environment = try Environment.open(path: path, options: Self.options(log), trees: ["t"])
        var writing = try environment.beginWrite()
        try writing.put(environment.tree, bytes("a").span.bytes, bytes("1").span.bytes)
        try writing.beginNested()
        try writing.delete(environment.tree, bytes("az").span.bytes)
        try writing.commitNested()
        try writing.commit()
        #expect(try environment.contents() == ["a=1"])
        #expect(
            log.lines == [
                "open", "beginWrite", "put t 61", "beginNested", "delete t 617a", "commitNested", "commit",
                "beginRead", "openCursor t", "move t", "move t",
            ])
        log.clear()
        #expect(log.lines == [])
    }

    @Test func onlyTheEnvironmentThatHasItIsSeen() throws {
        let log = LoggingInterceptor()
        let logged = try Environment.open(path: path, options: Self.options(log), trees: ["t"])
        log.clear()
        let other = try Environment.open(path: path, trees: ["t"])
        try other.put([("a", "1")])
        #expect(log.lines == [])
        #expect(try logged.contents() == ["a=1"])
    }

    /// A workload that takes every kind of step.
    private static func work(_ environment: Environment, round: Int) throws {
        let tree = environment.tree
        var writing = try environment.beginWrite()
        try writing.put(tree, bytes("a").span.bytes, bytes("\(round)").span.bytes)
        try writing.beginNested()
        try writing.put(tree, bytes("b").span.bytes, byteCount: 1) { $0.append(littleEndian: UInt8(ascii: "0")) }
        try writing.commitNested()
        try writing.delete(tree, bytes("c").span.bytes)
        var cursor = try writing.openCursor(tree)
        if try cursor.seekExact(bytes("b").span.bytes) { try cursor.replaceValue(bytes("\(round)").span.bytes) }
        try writing.commit()
        var reading = try environment.beginRead()
        _ = try reading.contains(tree, bytes("a").span.bytes)
        _ = try reading.entryCount(tree)
        reading.reset()
        try reading.renew()
        try environment.sync()
    }

    @Test func everyStepMayFailOnceAndNothingIsTorn() throws {
        let counter = FailingInterceptor(atCall: 0)
        do {
            let environment = try Environment.open(path: path, options: Self.options(counter), trees: ["t"])
            try Self.work(environment, round: 0)
        }
        let total = counter.callCount
        #expect(total > 12)
        for call in 1...total {
            let failing = FailingInterceptor(atCall: call)
            let code = try codeThrown {
                let environment = try Environment.open(path: path, options: Self.options(failing), trees: ["t"])
                try Self.work(environment, round: call)
            }
            #expect(code == .diskFull)
            let environment = try Environment.open(path: path, trees: ["t"])
            let contents = try environment.contents()
            let rounds = Set(contents.map { $0.dropFirst(2) })
            #expect(contents.count == 2 && rounds.count == 1, "after failing at \(call): \(contents)")
            try environment.verifyPages()
        }
    }

    @Test func aFailedCommitIsRememberedUntilReopened() throws {
        let failing = FailingInterceptor(atCall: 0, of: [.commit], code: .inputOutput)
        do {
            let environment = try Environment.open(path: path, options: Self.options(failing), trees: ["t"])
            let other = try Environment.open(path: path, trees: ["t"])
            try environment.put([("a", "1")])
            failing.fail(atCall: 1)
            #expect(try codeThrown { try environment.put([("b", "2")]) } == .inputOutput)
            #expect(try codeThrown { try environment.put([("b", "2")]) } == .previousFailure)
            #expect(try codeThrown { try other.put([("b", "2")]) } == .previousFailure)
            #expect(try environment.contents() == ["a=1"])
        }
        let reopened = try Environment.open(path: path, trees: ["t"])
        try reopened.put([("c", "3")])
        #expect(try reopened.contents() == ["a=1", "c=3"])
    }

    @Test func aFullDiskIsNotRemembered() throws {
        let failing = FailingInterceptor(atCall: 1, of: [.commit], code: .diskFull)
        let environment = try Environment.open(path: path, options: Self.options(failing), trees: ["t"])
        #expect(try codeThrown { try environment.put([("a", "1")]) } == .diskFull)
        try environment.put([("b", "2")])
        #expect(try environment.contents() == ["b=2"])
    }

    // MARK: Processes of their own

    /// Commits the numbers from 1 on until the interceptor kills the process.
    private static func writeUntilKilled(path: String, moment: CrashingInterceptor.Moment, at commit: Int) throws {
        let environment = try Environment.open(
            path: path, options: options(CrashingInterceptor(atCall: commit, moment)), trees: ["t"])
        for number in 1...(commit + 5) { try environment.put([("\(number)", "x"), ("last", "\(number)")]) }
    }

    @Test func crashesBeforeACommit() async throws {
        let path = path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            try InterceptorTests.writeUntilKilled(path: path, moment: .before, at: 3)
        }
        #expect(try Environment.open(path: path, trees: ["t"]).contents() == ["1=x", "2=x", "last=2"])
    }

    @Test func crashesAfterACommit() async throws {
        let path = path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            try InterceptorTests.writeUntilKilled(path: path, moment: .after, at: 3)
        }
        let environment = try Environment.open(path: path, trees: ["t"])
        #expect(try environment.contents() == ["1=x", "2=x", "3=x", "last=3"])
        // The dead writer's lock is not in the way.
        try environment.put([("4", "x")])
    }

    @Test func anotherProcessWritesTheSameFile() async throws {
        let path = path
        let environment = try Environment.open(path: path, trees: ["t"])
        try environment.put([("a", "1")])
        let before = try environment.beginRead()
        await #expect(processExitsWith: .success) { [path = path as String] in
            let environment = try Environment.open(path: path, trees: ["t"])
            try #require(try environment.contents() == ["a=1"])
            try environment.put([("b", "2")])
        }
        #expect(try before.contents(of: environment.tree) == ["a=1"])
        #expect(try environment.contents() == ["a=1", "b=2"])
    }

    @Test func aDeadReadersPlaceIsFreed() async throws {
        let path = path
        var options = EnvironmentOptions()
        options.maximumReaders = 2
        let environment = try Environment.open(path: path, options: options, trees: ["t"])
        try environment.put([("a", "1")])
        for _ in 0..<3 {
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let environment = try Environment.open(path: path, trees: ["t"])
                let reading = try environment.beginRead()
                try #require(try reading.contains(environment.tree, bytes("a").span.bytes))
                kill(getpid(), SIGKILL)
            }
        }
        let first = try environment.beginRead()
        let second = try environment.beginRead()
        #expect(try first.contents(of: environment.tree) == second.contents(of: environment.tree))
    }
}

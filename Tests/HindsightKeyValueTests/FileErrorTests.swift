import HindsightKeyValue
import HindsightTestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files and directories that are not as they should be: each gives its own error, and none is changed.
@Suite struct FileErrorTests {
    let directory: TemporaryDirectory
    var path: String { directory.file("a.db") }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func codeOfOpening(_ options: EnvironmentOptions = EnvironmentOptions()) throws -> KeyValueError.Code? {
        try codeThrown { _ = try Environment.open(path: path, options: options, trees: ["t"]) }
    }

    private func makeFile(entries: Int = 2000, valueByteCount: Int = 20) throws -> [UInt8] {
        do {
            let environment = try Environment.open(path: path, trees: ["t"])
            let value = String(repeating: "v", count: valueByteCount)
            try environment.put((0..<entries).map { ("key \($0)", value) })
        }
        return try RawFile.read(path)
    }

    // MARK: No database

    @Test(arguments: [1, 15, 16, 24, 100, 151, 152, 4095, 4096, 8192, 10_000])
    func garbageIsNoDatabaseAndIsLeftAlone(byteCount: Int) throws {
        let garbage = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
        try RawFile.write(garbage, to: path)
        #expect(try codeOfOpening() == .notADatabase)
        #expect(try RawFile.read(path) == garbage)
    }

    @Test func zerosAreNoDatabase() throws {
        try RawFile.write([UInt8](repeating: 0, count: 16_384), to: path)
        #expect(try codeOfOpening() == .notADatabase)
    }

    @Test func textIsNoDatabase() throws {
        try RawFile.write(bytes(String(repeating: "SELECT * FROM Music;\n", count: 500)), to: path)
        #expect(try codeOfOpening() == .notADatabase)
    }

    @Test func aDirectoryIsNoDatabase() throws {
        try #require(mkdir(path, 0o700) == 0)
        #expect(try codeOfOpening() == .notADatabase)
    }

    @Test func aPipeIsNoDatabase() throws {
        try #require(mkfifo(path, 0o600) == 0)
        #expect(try codeOfOpening() == .notADatabase)
    }

    @Test func anEmptyFileCannotBeReadOnly() throws {
        try RawFile.write([], to: path)
        var options = EnvironmentOptions()
        options.isReadOnly = true
        #expect(try codeOfOpening(options) == .notADatabase)
    }

    // MARK: No file

    @Test func aMissingDirectory() throws {
        #expect(
            try codeThrown { _ = try Environment.open(path: directory.file("none/a.db"), trees: ["t"]) }
                == .noSuchDirectory)
        try RawFile.write([1], to: directory.file("file"))
        #expect(
            try codeThrown { _ = try Environment.open(path: directory.file("file/a.db"), trees: ["t"]) }
                == .noSuchDirectory)
    }

    @Test func aMissingFileCannotBeReadOnly() throws {
        var options = EnvironmentOptions()
        options.isReadOnly = true
        #expect(try codeOfOpening(options) == .noSuchFile)
        #expect(access(path, F_OK) != 0)
    }

    @Test func anEmptyPath() throws {
        #expect(try codeThrown { _ = try Environment.open(path: "", trees: ["t"]) } == .noSuchFile)
    }

    @Test(.enabled(if: geteuid() != 0, "the administrator may do everything"))
    func aDirectoryThatMayNotBeWritten() throws {
        try #require(chmod(directory.path, 0o500) == 0)
        defer { chmod(directory.path, 0o700) }
        #expect(try codeOfOpening() == .permissionDenied)
    }

    @Test(.enabled(if: geteuid() != 0, "the administrator may do everything"))
    func aFileThatMayNotBeRead() throws {
        _ = try makeFile()
        try #require(chmod(path, 0) == 0)
        #expect(try codeOfOpening() == .permissionDenied)
    }

    #if os(Linux)
    @Test func aDirectoryOfTheKernel() throws {
        let code = try codeThrown { _ = try Environment.open(path: "/sys/kernel/a.db", trees: ["t"]) }
        #expect(code == .permissionDenied || code == .readOnly)
    }
    #endif

    // MARK: Heads

    @Test func aNewerFormat() throws {
        var content = try makeFile()
        content[20] = 2
        try RawFile.write(content, to: path)
        #expect(try codeOfOpening() == .newerFormat)
        #expect(try RawFile.read(path) == content)
    }

    @Test(arguments: [0, 1, 3, 256, 513, 65_536, 1 << 31])
    func animpossiblePageSize(pageByteCount: Int) throws {
        var content = try makeFile()
        for index in 0..<4 { content[40 + index] = UInt8(truncatingIfNeeded: pageByteCount >> (8 * index)) }
        try RawFile.write(content, to: path)
        #expect(try codeOfOpening() == .corrupted)
    }

    @Test func aDamagedSecondHead() throws {
        var content = try makeFile()
        for index in 4096..<4300 { content[index] = 0xFF }
        try RawFile.write(content, to: path)
        #expect(try codeOfOpening() == .corrupted)
    }

    // MARK: Truncation

    @Test(arguments: [0, .max])
    func everyTruncationIsFound(verifiedByteCount: Int) throws {
        let content = try makeFile()
        var options = EnvironmentOptions()
        options.verifiedByteCount = verifiedByteCount
        let pageByteCount = 4096
        for length in stride(from: pageByteCount, to: content.count, by: pageByteCount) {
            for slack in [0, 100] {
                try RawFile.write(Array(content[..<(length - slack)]), to: path)
                let code = try codeOfOpening(options)
                #expect(code == .truncated || code == .corrupted, "cut to \(length - slack) of \(content.count)")
            }
        }
    }

    @Test func aFileWhosePagesBeyondTheEndAreFreeIsWhole() throws {
        do {
            let environment = try Environment.open(path: path, trees: ["t"])
            // Free pages, so that LMDB has a list of them at hand.
            for round in 0..<4 { try environment.put((0..<300).map { ("key \($0)", "round \(round)") }) }
            // It allocates the pages of the large value at the end and, as it is deleted at once, never writes them.
            let large = [UInt8](repeating: 1, count: 4_000_000)
            var writing = try environment.beginWrite()
            try writing.clear(environment.tree)
            try writing.put(environment.tree, bytes("a").span.bytes, bytes("1").span.bytes)
            try writing.put(environment.tree, bytes("large").span.bytes, large.span.bytes)
            try writing.delete(environment.tree, bytes("large").span.bytes)
            try writing.commit()
        }
        let byteCount = try RawFile.byteCount(path)
        let environment = try Environment.open(path: path, trees: ["t"])
        let information = try environment.information()
        #expect(byteCount < information.pageCount * information.pageByteCount, "the file is short")
        #expect(try environment.contents() == ["a=1"])
        try environment.verifyPages()
    }

    // MARK: Damage inside

    @Test func everyDamagedRootIsFoundAtOpening() throws {
        let content = try makeFile(entries: 10)
        var options = EnvironmentOptions()
        options.verifiedByteCount = 0
        for page in 2..<(content.count / 4096) {
            var damaged = content
            damaged.replaceSubrange((page * 4096)..<((page + 1) * 4096), with: [UInt8](repeating: 0, count: 4096))
            try RawFile.write(damaged, to: path)
            let code = try codeOfOpening(options)
            #expect(code == nil || code == .corrupted)
        }
    }

    @Test func damageDeepInsideIsFoundWhenAsked() throws {
        let content = try makeFile(entries: 5000)
        var options = EnvironmentOptions()
        options.verifiedByteCount = content.count
        #expect(try codeOfOpening(options) == nil)
        var found = 0
        for page in 2..<(content.count / 4096) {
            var damaged = content
            damaged.replaceSubrange((page * 4096)..<((page + 1) * 4096), with: [UInt8](repeating: 0xAA, count: 4096))
            try RawFile.write(damaged, to: path)
            let code = try codeOfOpening(options)
            #expect(code == nil || code == .corrupted)
            if code == .corrupted { found += 1 }
        }
        // All but the pages that are free.
        #expect(found > content.count / 4096 / 2)
    }

    @Test func aTreeOfAnotherKindIsNotOurs() throws {
        var content = try makeFile(entries: 1)
        // The node of the tree "t" in the main tree, in all its versions: after its length (48), kind (2), key length
        // (1) and name comes the record, with the tree's flags at offset 4.
        let node: [UInt8] = [48, 0, 0, 0, 2, 0, 1, 0, UInt8(ascii: "t")]
        for offset in 8192..<(content.count - 64) where content[offset...].starts(with: node) {
            content[offset + node.count + 4] = 0x04
        }
        try RawFile.write(content, to: path)
        #expect(try codeOfOpening() == .notADatabase)
    }

    // MARK: Room

    @Test func aFullMap() throws {
        var options = EnvironmentOptions()
        options.mapByteCount = 1 << 16
        let environment = try Environment.open(path: path, options: options, trees: ["t"])
        try environment.put([("a", "1")])
        let large = [UInt8](repeating: 0, count: 100_000)
        var writing = try environment.beginWrite()
        let code = try codeThrown { try writing.put(environment.tree, bytes("b").span.bytes, large.span.bytes) }
        #expect(code == .mapFull)
        // The transaction is of no use, and nothing is lost.
        #expect(codeOfCommitting(writing) == .transactionUnusable)
        try environment.put([("c", "3")])
        #expect(try environment.contents() == ["a=1", "c=3"])
    }

    /// A limit on the size of files stands in for a full disk: the system refuses to write in the same way.
    @Test func noRoomToGrow() async throws {
        let path = path
        await #expect(processExitsWith: .success) { [path = path as String] in
            let environment = try Environment.open(path: path, trees: ["t"])
            try environment.put([("a", "1")])
            signal(SIGXFSZ, SIG_IGN)
            let before = FileErrorTests.limitFiles(to: 100_000)
            let large = String(repeating: "x", count: 400_000)
            try #require(try codeThrown { try environment.put([("b", large)]) } == .diskFull)
            try #require(try environment.contents() == ["a=1"])
            // Small things still find room, and with more room large ones do.
            try environment.put([("c", "3")])
            _ = FileErrorTests.limitFiles(to: before)
            try environment.put([("d", large)])
            try #require(try environment.contents().count == 3)
            try environment.verifyPages()
        }
    }

    /// Sets the most bytes that a file of this process may have.
    ///
    /// - Returns: what it was before.
    private static func limitFiles(to byteCount: rlim_t) -> rlim_t {
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        #else
        let resource = RLIMIT_FSIZE
        #endif
        var limit = rlimit()
        getrlimit(resource, &limit)
        let before = limit.rlim_cur
        limit.rlim_cur = byteCount
        setrlimit(resource, &limit)
        return before
    }

    @Test func tooManyReaders() throws {
        var options = EnvironmentOptions()
        options.maximumReaders = 1
        let environment = try Environment.open(path: path, options: options, trees: ["t"])
        let first = try environment.beginRead()
        #expect(try codeThrown { _ = try environment.beginRead() } == .readersFull)
        #expect(try first.contents(of: environment.tree) == [])
    }
}

import CLMDB
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The environments that this process has open, by file: LMDB must not open one file twice in a process, because its
/// locks (POSIX record locks) would be lost with the first close.
///
/// Opening and closing are serialized over the whole process, which makes a close and a new opening of the same file
/// follow one another.
final class EnvironmentRegistry: Sendable {
    static let shared = EnvironmentRegistry()

    private let opened = Mutex<[FileIdentity: SharedEnvironment]>([:])

    /// The environment of the file at `path`: one already open, or a new one. Each must be given to `release` once.
    func acquire(path: String, options: EnvironmentOptions, trees: [String]) throws(KeyValueError) -> SharedEnvironment
    {
        try opened.withLock { opened throws(KeyValueError) in
            let file = try DatabaseFile.inspect(path: path, isReadOnly: options.isReadOnly)
            if let identity = file.identity, let environment = opened[identity], environment.isInItsProcess {
                try Self.checkCompatibility(environment, options)
                try environment.openTrees(trees, creatingMissing: options.createsTrees)
                environment.useCount += 1
                return environment
            }
            let environment = try EnvironmentOpener(path: path, options: options).open(file, trees: trees)
            environment.useCount = 1
            if let identity = environment.identity { opened[identity] = environment }
            return environment
        }
    }

    /// A new environment in a temporary file without a name.
    func acquireTemporary(options: EnvironmentOptions, trees: [String]) throws(KeyValueError) -> SharedEnvironment {
        try opened.withLock { _ throws(KeyValueError) in
            let environment = try EnvironmentOpener.openTemporary(options: options, trees: trees)
            environment.useCount = 1
            return environment
        }
    }

    /// Closes the environment if this was its last use.
    func release(_ environment: SharedEnvironment) {
        opened.withLock { opened in
            environment.useCount -= 1
            guard environment.useCount == 0 else { return }
            if let identity = environment.identity, opened[identity] === environment {
                opened[identity] = nil
            }
            environment.close()
        }
    }

    /// Replaces the file of an environment by a copy without free pages.
    ///
    /// - Throws: `.busy` if somebody, in this process or another, has a transaction or the file open; `.diskFull`,
    ///   `.permissionDenied`, `.corrupted`. The file is as it was then.
    func compact(_ environment: SharedEnvironment) throws(KeyValueError) {
        try self.opened.withLock { opened throws(KeyValueError) in
            guard let identity = environment.identity else { return }
            guard environment.useCount == 1 else {
                throw KeyValueError(
                    code: .busy, operation: .compact,
                    message: "\"\(environment.path)\" is open \(environment.useCount) times in this process")
            }
            var outcome: Result<Void, KeyValueError> = .success(())
            let wasUnused = environment.gate.whileUnused {
                outcome = FileCompaction(environment: environment).run()
                return !environment.isClosed
            }
            guard wasUnused else {
                throw KeyValueError(
                    code: .busy, operation: .compact,
                    message: "\"\(environment.path)\" is being read or written in this process")
            }
            opened[identity] = nil
            if !environment.isClosed, let identity = environment.identity { opened[identity] = environment }
            try outcome.get()
        }
    }

    private static func checkCompatibility(
        _ environment: SharedEnvironment, _ options: EnvironmentOptions
    ) throws(KeyValueError) {
        if environment.isReadOnly, !options.isReadOnly {
            throw KeyValueError(
                code: .incompatibleOptions, operation: .open,
                message: "\"\(environment.path)\" is already open read-only in this process")
        }
        if environment.durability != options.durability, !options.isReadOnly {
            throw KeyValueError(
                code: .incompatibleOptions, operation: .open,
                message: "\"\(environment.path)\" is already open with another durability in this process")
        }
    }
}

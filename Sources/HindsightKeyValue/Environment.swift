import CLMDB

/// One file of ordered bytes, opened.
///
/// All environments on one file in one process share one LMDB environment, as LMDB demands; `EnvironmentRegistry` sees
/// to it. The file is closed when the last of them, and of their transactions, is released. Other processes may read
/// and write the file at the same time. After a `fork`, the child must not use it: every transaction it begins throws
/// `.usedAfterFork`.
@usableFromInline
package final class Environment: Sendable {
    /// The longest key, in bytes, that LMDB as it is packaged accepts.
    package static let maximumKeyByteCount = 511

    @usableFromInline let shared: SharedEnvironment
    @usableFromInline let interceptor: (any CallInterceptor)?
    package let isReadOnly: Bool

    private init(shared: SharedEnvironment, options: EnvironmentOptions) {
        self.shared = shared
        interceptor = options.interceptor
        isReadOnly = options.isReadOnly
    }

    deinit {
        EnvironmentRegistry.shared.release(shared)
    }

    /// Opens the file at `path`, and creates it, with mode 0600, if there is none or if it is empty.
    ///
    /// - Parameter trees: names of the trees that will be used; those that the file lacks are created.
    /// - Throws: `.noSuchFile`, `.noSuchDirectory`, `.notADatabase`, `.newerFormat`, `.truncated`, `.corrupted`,
    ///   `.missingTree` (only when read-only), `.permissionDenied`, `.readOnly`, `.incompatibleOptions` (the process has
    ///   the file open otherwise), `.diskFull`, or an error of the system.
    package static func open(
        path: String, options: EnvironmentOptions = EnvironmentOptions(), trees: [String]
    ) throws(KeyValueError) -> Environment {
        try options.interceptor?.willCall(.open, tree: nil, key: RawSpan())
        let shared = try EnvironmentRegistry.shared.acquire(path: path, options: options, trees: trees)
        let environment = Environment(shared: shared, options: options)
        options.interceptor?.didCall(.open)
        return environment
    }

    /// Opens a new file in the temporary directory that nobody else can find and that is gone when it is closed, even
    /// by a crash. Nothing of it is ever synced.
    package static func openTemporary(
        options: EnvironmentOptions = EnvironmentOptions(), trees: [String]
    ) throws(KeyValueError) -> Environment {
        try options.interceptor?.willCall(.open, tree: nil, key: RawSpan())
        var options = options
        options.durability = .relaxed
        options.isReadOnly = false
        let shared = try EnvironmentRegistry.shared.acquireTemporary(options: options, trees: trees)
        let environment = Environment(shared: shared, options: options)
        options.interceptor?.didCall(.open)
        return environment
    }

    /// The path as it was given when the file was opened first.
    package var path: String {
        shared.path
    }

    /// Whether the file has no name any more and goes when it is closed.
    package var isTemporary: Bool {
        shared.identity == nil
    }

    /// The tree of that name.
    ///
    /// - Precondition: the name was among those given to `open`.
    package func tree(named name: String) -> Tree {
        guard let tree = shared.tree(named: name) else {
            preconditionFailure("tree \"\(name)\" was not named when the environment was opened")
        }
        return tree
    }

    /// Begins to read the file as it is now. The snapshot stays until the transaction, and every cursor in it, is
    /// released; as long, no page of it is reused, so a snapshot held over much writing makes the file grow.
    ///
    /// - Throws: `.readersFull`, `.usedAfterFork`, `.outOfMemory`.
    package func beginRead() throws(KeyValueError) -> Transaction {
        Transaction(core: try TransactionCore(reading: self))
    }

    /// Begins to write, after waiting for the writer before, be it in this process or in another.
    ///
    /// - Throws: `.readOnly`, `.previousFailure`, `.usedAfterFork`, `.outOfMemory`.
    /// - Precondition: this thread has no other write transaction on the file.
    package func beginWrite() throws(KeyValueError) -> Transaction {
        Transaction(core: try TransactionCore(writing: self))
    }

    /// Makes all commits so far durable, which matters with `.relaxed` durability only.
    package func sync() throws(KeyValueError) {
        try refuseAfterFork(.sync)
        try interceptor?.willCall(.sync, tree: nil, key: RawSpan())
        let status = try shared.withHandle { handle throws(KeyValueError) in mdb_env_sync(handle, 1) }
        guard status == MDB_SUCCESS else { throw KeyValueError(status: status, operation: .sync, subject: path) }
        interceptor?.didCall(.sync)
    }
}

extension Environment {
    @usableFromInline
    func refuseAfterFork(_ operation: Operation) throws(KeyValueError) {
        guard shared.isInItsProcess else {
            throw KeyValueError(
                code: .usedAfterFork, operation: operation,
                message: "\"\(path)\" was opened before a fork and cannot be used in the child")
        }
    }

    /// Tells the interceptor, out of the hot path.
    @usableFromInline
    @inline(never)
    func intercept(
        _ operation: Operation, tree: Tree? = nil, key: borrowing RawSpan
    ) throws(KeyValueError) {
        try interceptor?.willCall(operation, tree: tree.flatMap { shared.name(of: $0) }, key: key)
    }
}

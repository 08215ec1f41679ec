import CLMDB
import Synchronization

/// What all `Environment`s on one file in this process have in common: LMDB's own environment.
///
/// `@unchecked Sendable`: LMDB's environment calls made here are thread-safe, all that changes is atomic or behind a
/// mutex, but for `useCount`, `identity` and `isClosed`, which the registry alone touches, under its mutex, and `handle`, which it
/// changes only while `gate` is closed, and which others read only inside of it.
@usableFromInline
final class SharedEnvironment: @unchecked Sendable {
    private(set) var handle: OpaquePointer
    let path: String
    /// `nil` for temporary files, which nobody else can open.
    private(set) var identity: FileIdentity?
    /// Whether there is no file behind the handle.
    private(set) var isClosed = false
    /// Every use of the handle goes through it.
    let gate = UseGate()
    /// How it was opened first.
    private(set) var options: EnvironmentOptions
    private let forksAtOpen = Forks.count
    private let trees = Mutex<[String: Tree]>([:])
    /// Set by a commit that may have reached the disk in part.
    let isFailed = Atomic<Bool>(false)
    /// The thread that holds the write transaction, to tell a thread that waits for itself; 0 if none.
    let writer = Atomic<UInt>(0)
    var useCount = 0

    init(
        handle: OpaquePointer, path: String, identity: FileIdentity?, options: EnvironmentOptions
    ) {
        self.handle = handle
        self.path = path
        self.identity = identity
        self.options = options
        // Each `Environment` has its own.
        self.options.interceptor = nil
    }

    var isReadOnly: Bool { options.isReadOnly }
    var durability: EnvironmentOptions.Durability { options.durability }

    /// Whether this is the process that opened the file, not a child forked later.
    var isInItsProcess: Bool {
        Forks.count == forksAtOpen
    }

    /// LMDB's descriptor of the data file.
    static func descriptor(of handle: OpaquePointer) -> Int32 {
        var descriptor: mdb_filehandle_t = -1
        // Fails only without an environment or without room for the answer.
        mdb_env_get_fd(handle, &descriptor)
        return descriptor
    }

    func tree(named name: String) -> Tree? {
        trees.withLock { $0[name] }
    }

    /// The name of a tree, by search: for logs.
    func name(of tree: Tree) -> String? {
        trees.withLock { trees in trees.first { $0.value == tree }?.key }
    }

    func add(_ tree: Tree, named name: String) {
        trees.withLock { $0[name] = tree }
    }

    /// Calls `body` with LMDB's environment, which stays as long.
    func withHandle<Result>(_ body: (OpaquePointer) throws(KeyValueError) -> Result) throws(KeyValueError) -> Result {
        try gate.enter(path)
        defer { gate.leave() }
        return try body(handle)
    }

    /// Goes on with another environment on the same path.
    ///
    /// - Precondition: the gate is closed, and the trees are open in the new environment by the same handles.
    func replaceHandle(by handle: OpaquePointer) {
        self.handle = handle
        isClosed = false
        identity = FileIdentity(descriptor: Self.descriptor(of: handle))
    }

    /// The open trees, in the order in which LMDB has numbered them.
    var openedTrees: [(name: String, tree: Tree)] {
        trees.withLock { trees in trees.sorted { $0.value.handle < $1.value.handle }.map { ($0.key, $0.value) } }
    }

    /// Closes the file, if this is the process that opened it. In a forked child that would clear the parent's entries
    /// in the table of readers, so there the memory is given up instead.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        if isInItsProcess { mdb_env_close(handle) }
    }
}

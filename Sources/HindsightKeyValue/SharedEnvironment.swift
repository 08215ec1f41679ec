import CLMDB
import Synchronization

/// What all `Environment`s on one file in this process have in common: LMDB's own environment.
///
/// `@unchecked Sendable`: the handle is constant, LMDB's environment calls made here are thread-safe, all else that
/// changes is atomic or behind a mutex, and `useCount` is touched by the registry alone, under its mutex.
@usableFromInline
final class SharedEnvironment: @unchecked Sendable {
    let handle: OpaquePointer
    let path: String
    /// `nil` for temporary files, which nobody else can open.
    let identity: FileIdentity?
    let isReadOnly: Bool
    let durability: EnvironmentOptions.Durability
    private let forksAtOpen = Forks.count
    private let trees = Mutex<[String: Tree]>([:])
    /// Set by a commit that may have reached the disk in part.
    let isFailed = Atomic<Bool>(false)
    /// The thread that holds the write transaction, to tell a thread that waits for itself; 0 if none.
    let writer = Atomic<UInt>(0)
    var useCount = 0

    init(
        handle: OpaquePointer, path: String, identity: FileIdentity?, isReadOnly: Bool,
        durability: EnvironmentOptions.Durability
    ) {
        self.handle = handle
        self.path = path
        self.identity = identity
        self.isReadOnly = isReadOnly
        self.durability = durability
    }

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

    /// Closes the file, if this is the process that opened it. In a forked child that would clear the parent's entries
    /// in the table of readers, so there the memory is given up instead.
    func close() {
        if isInItsProcess { mdb_env_close(handle) }
    }
}

import CLMDB

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Opens LMDB's environment on a file, in the order that LMDB wants; called by the registry, under its mutex.
struct EnvironmentOpener {
    let path: String
    let options: EnvironmentOptions

    /// The most trees that one file may have open.
    private static let maximumTrees: UInt32 = 64
    /// Below this many bytes a refused memory map is an error, not a reason to try a smaller one.
    private static let smallestMap = 1 << 26

    /// Opens the file, which is known not to be open in this process.
    func open(_ file: DatabaseFile, trees: [String]) throws(KeyValueError) -> SharedEnvironment {
        if file.hasContent { try DatabaseFile.verifyHeads(path: path) }
        let handle = try openHandle()
        let environment = SharedEnvironment(
            handle: handle, path: path, identity: FileIdentity(descriptor: SharedEnvironment.descriptor(of: handle)),
            options: options)
        do throws(KeyValueError) {
            try environment.clearStaleReaders()
            try environment.verify(upTo: options.verifiedByteCount, operation: .open)
            try environment.openTrees(trees, creatingMissing: options.createsTrees)
            if !file.hasContent, options.durability == .full {
                try DatabaseFile.syncDirectory(of: path, operation: .open)
            }
        } catch {
            environment.close()
            throw error
        }
        return environment
    }

    /// A file in the temporary directory whose names are taken away as soon as it is open.
    static func openTemporary(
        options: EnvironmentOptions, trees: [String]
    ) throws(KeyValueError) -> SharedEnvironment {
        let path = try DatabaseFile.createTemporary()
        defer {
            unlink(path)
            unlink(path + "-lock")
        }
        let opener = EnvironmentOpener(path: path, options: options)
        let handle = try opener.openHandle()
        let environment = SharedEnvironment(
            handle: handle, path: path, identity: nil, options: options)
        do throws(KeyValueError) {
            try environment.openTrees(trees, creatingMissing: options.createsTrees)
        } catch {
            environment.close()
            throw error
        }
        return environment
    }

    /// Opens the file of an environment that was closed, with the trees that it had.
    func reopen(_ environment: SharedEnvironment) throws(KeyValueError) {
        environment.replaceHandle(by: try openHandle())
        do throws(KeyValueError) {
            try environment.reopenTrees()
        } catch {
            environment.close()
            throw error
        }
    }

    /// Tries the wanted map size first and then halves: the address space may be limited (`ulimit -v`).
    private func openHandle() throws(KeyValueError) -> OpaquePointer {
        var mapByteCount = options.mapByteCount
        while true {
            do throws(KeyValueError) {
                return try openHandle(mapByteCount: mapByteCount)
            } catch  where error.status == ENOMEM && mapByteCount / 2 >= Self.smallestMap {
                mapByteCount /= 2
            }
        }
    }

    private func openHandle(mapByteCount: Int) throws(KeyValueError) -> OpaquePointer {
        var created: OpaquePointer?
        try check(mdb_env_create(&created))
        guard let handle = created else { throw KeyValueError(status: ENOMEM, operation: .open, subject: path) }
        do throws(KeyValueError) {
            try check(mdb_env_set_mapsize(handle, mapByteCount))
            try check(mdb_env_set_maxreaders(handle, UInt32(clamping: options.maximumReaders)))
            try check(mdb_env_set_maxdbs(handle, Self.maximumTrees))
            try check(mdb_env_open(handle, path, flags, 0o600))
        } catch {
            mdb_env_close(handle)
            throw error
        }
        return handle
    }

    /// Not `MDB_WRITEMAP`, which writes ten times as much; not `MDB_NORDAHEAD`, because scans are common.
    private var flags: UInt32 {
        var flags = UInt32(MDB_NOSUBDIR | MDB_NOTLS)
        if options.isReadOnly { flags |= UInt32(MDB_RDONLY) }
        if options.durability == .relaxed { flags |= UInt32(MDB_NOSYNC) }
        return flags
    }

    private func check(_ status: Int32) throws(KeyValueError) {
        guard status == MDB_SUCCESS else {
            throw KeyValueError(status: status, operation: .open, subject: "\"\(path)\"")
        }
    }
}

extension SharedEnvironment {
    /// Frees the places of readers whose process died.
    func clearStaleReaders() throws(KeyValueError) {
        var dead: Int32 = 0
        let status = mdb_reader_check(handle, &dead)
        guard status == MDB_SUCCESS else {
            throw KeyValueError(status: status, operation: .checkReaders, subject: path)
        }
    }

    /// Opens the trees that are not open yet: those that exist in a read transaction, so that opening a file never
    /// waits for a writer; the rest, if any, in a write transaction or not at all.
    ///
    /// Runs under the registry's mutex, since LMDB wants handles opened by one thread at a time.
    func openTrees(_ names: [String], creatingMissing: Bool) throws(KeyValueError) {
        let wanted = names.filter { tree(named: $0) == nil }
        guard !wanted.isEmpty else { return }
        let missing = try openTrees(wanted, transactionFlags: UInt32(MDB_RDONLY), treeFlags: 0)
        guard let first = missing.first else { return }
        guard creatingMissing, !isReadOnly else {
            throw KeyValueError(
                code: .missingTree, operation: .openTree, message: "\"\(path)\" has no tree \"\(first)\"")
        }
        _ = try openTrees(missing, transactionFlags: 0, treeFlags: UInt32(MDB_CREATE))
    }

    /// Opens the trees again that were open before LMDB's environment was replaced. They are numbered as they come, so
    /// that whoever holds a `Tree` can go on with it.
    func reopenTrees() throws(KeyValueError) {
        let trees = openedTrees
        let missing = try openTrees(trees.map(\.name), transactionFlags: UInt32(MDB_RDONLY), treeFlags: 0)
        guard missing.isEmpty, openedTrees.map(\.tree) == trees.map(\.tree) else {
            throw KeyValueError(code: .missingTree, operation: .openTree, message: "\"\(path)\" has other trees now")
        }
    }

    /// - Returns: the names that the file lacks.
    private func openTrees(
        _ names: [String], transactionFlags: UInt32, treeFlags: UInt32
    ) throws(KeyValueError) -> [String] {
        var begun: OpaquePointer?
        var status = mdb_txn_begin(handle, nil, transactionFlags, &begun)
        guard status == MDB_SUCCESS, let transaction = begun else {
            throw KeyValueError(status: status, operation: .openTree, subject: path)
        }
        var found: [(String, Tree)] = []
        var missing: [String] = []
        for name in names {
            var tree: MDB_dbi = 0
            status = mdb_dbi_open(transaction, name, treeFlags, &tree)
            switch status {
            case MDB_SUCCESS: found.append((name, Tree(handle: tree)))
            case MDB_NOTFOUND: missing.append(name)
            default:
                mdb_txn_abort(transaction)
                throw KeyValueError(status: status, operation: .openTree, subject: "\(path), tree \"\(name)\"")
            }
        }
        status = mdb_txn_commit(transaction)
        guard status == MDB_SUCCESS else { throw KeyValueError(status: status, operation: .openTree, subject: path) }
        for (name, tree) in found { add(tree, named: name) }
        return missing
    }
}

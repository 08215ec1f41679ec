import HindsightKeyValue

extension Store {
    /// Opens the file at `path`, creating it, with mode 0600, if there is none or if it is empty.
    ///
    /// - Throws: `.notADatabase` for a file of another kind, an LMDB file of another program included; `.newerFormat`;
    ///   `.keyValue` for what the file system or LMDB says.
    package static func open(path: String, options: StoreOptions = StoreOptions()) throws(StorageError) -> Store {
        do {
            let environment = try openEnvironment(path: path, options: options.environment)
            let store = Store(environment: environment, options: options)
            try store.prepareFormat()
            return store
        } catch let error as KeyValueError {
            throw error.code == .notADatabase || error.code == .missingTree
                ? .notADatabase(path: path) : StorageError(error)
        } catch let error as StorageError {
            throw error
        } catch {
            throw .notADatabase(path: path)
        }
    }

    /// A new database in a temporary file without sync, gone when it is closed.
    package static func inMemory(options: StoreOptions = StoreOptions()) throws(StorageError) -> Store {
        do {
            let environment = try Environment.openTemporary(options: options.environment, trees: Trees.names)
            let store = Store(environment: environment, options: options)
            try store.prepareFormat()
            return store
        } catch let error as StorageError { throw error } catch let error as KeyValueError {
            throw StorageError(error)
        } catch {
            throw .closed
        }
    }

    /// Trees are created in an empty file only, so that another program's file stays as it is.
    private static func openEnvironment(
        path: String, options: EnvironmentOptions
    ) throws(KeyValueError) -> Environment {
        var first = options
        first.createsTrees = false
        let environment = try Environment.open(path: path, options: first, trees: [])
        let isEmpty = try environment.treeCount() == 0
        var second = options
        second.createsTrees = isEmpty
        return try Environment.open(path: path, options: second, trees: Trees.names)
    }

    /// Checks the format entry, or writes it into a file of which only the trees are there yet.
    private func prepareFormat() throws(StorageError) {
        let snapshot = try TreeAccess(beginRead(), trees)
        if let position = try snapshot.position(trees.catalog, CatalogKey.format) {
            return try checkFormat(snapshot.view(position))
        }
        guard try isEmpty(snapshot), !isReadOnly else { throw .notADatabase(path: path) }
        snapshot.abort()
        let access = try TreeAccess(beginWrite(), trees)
        if let position = try access.position(trees.catalog, CatalogKey.format) {
            return try checkFormat(access.view(position))
        }
        try access.put(.catalog, CatalogKey.format, FileFormat.encode(FileFormat.first))
        try access.commit()
    }

    private func checkFormat(_ bytes: RawSpan) throws(StorageError) {
        guard let version = FileFormat.version(of: bytes) else { throw .notADatabase(path: path) }
        guard version <= FileFormat.current else {
            throw .newerFormat(path: path, found: Int(version), supported: Int(FileFormat.current))
        }
    }

    private func isEmpty(_ access: TreeAccess) throws(StorageError) -> Bool {
        for name in TreeName.allCases {
            guard try access.entryCount(access.tree(name)) == 0 else { return false }
        }
        return true
    }

    func beginRead() throws(StorageError) -> Transaction {
        do { return try environment.beginRead() } catch { throw StorageError(error) }
    }

    /// - Precondition: this thread has no write transaction on the file.
    func beginWrite() throws(StorageError) -> Transaction {
        do { return try environment.beginWrite() } catch { throw StorageError(error) }
    }
}

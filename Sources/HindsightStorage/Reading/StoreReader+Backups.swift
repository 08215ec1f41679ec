extension StoreReader {
    /// All backups whose time has not come, oldest first.
    package final var backups: [TableInfo] {
        catalog.backups.values.filter { !$0.isExpired(at: now) }.sorted { $0.id < $1.id }
    }

    /// The backups of a name, newest first; those of the system may share one.
    ///
    /// - Parameter table: the name that the table had.
    final func backups(named name: String, of table: String?) -> [TableInfo] {
        backups.reversed().filter { backup in
            guard let info = backup.backup else { return false }
            return (info.name.utf8.elementsEqual(name.utf8) || backup.backupResourceName.utf8.elementsEqual(name.utf8))
                && (table.map { backup.name.utf8.elementsEqual($0.utf8) } ?? true)
        }
    }

    /// The backup that a statement means: of several with one name of one table, the newest.
    ///
    /// - Throws: `.backupNotFound`; `.ambiguousBackup` if tables of several names have one of this name.
    package final func backup(named name: String, of table: String? = nil) throws(StorageError) -> TableInfo {
        let found = backups(named: name, of: table)
        guard let newest = found.first else { throw .backupNotFound(name) }
        guard found.allSatisfy({ $0.name.utf8.elementsEqual(newest.name.utf8) }) else {
            throw .ambiguousBackup(name)
        }
        return newest
    }
}

extension TableInfo {
    func isExpired(at time: Int64) -> Bool {
        backup?.expiryTime.map { $0 <= time } ?? false
    }
}

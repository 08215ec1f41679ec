import HindsightKeyValue
import HindsightValues

// VERIFY: reads every byte that means something, and holds all that is said twice against each other.
//
//   pages      every page in use is whole, in order, and used once          (`Environment.verifyPages`)
//   catalog    seals; names and numbers; the newest commit's hash of it     (`Verification+Catalog`)
//   commits    seals; dense versions, growing times, the chain of hashes    (`Verification+Commits`)
//   items      checksums; the key is that of the document; totals           (`Verification+Items`)
//   indexes    each item has its entry, and no other entry is there         (`Verification+Indexes`)
//   history    checksums; no record is missing; every chain leads on        (`Verification+History`)
//   content    what each commit left under its keys, against its digest     (`Verification+Content`)

extension Store {
    /// Looks for damage and tampering in the whole file, or in one table and what all tables share.
    ///
    /// - Parameters:
    ///   - table: the exact name; `nil` for all.
    ///   - step: called every now and then; what it throws ends the verification.
    /// - Throws: `.tableNotFound`; what reading throws where nothing can be reported any more.
    /// - Complexity: O(bytes of the file), and O(log n) reads for each undo record.
    package func verify(
        table: String? = nil, _ step: @escaping () throws -> Void = {}
    ) throws -> VerificationReport {
        var report = VerificationReport()
        if let damage = try damagedPage() {
            // LMDB believes its pages, so the trees are not looked into.
            report.findings.append(damage)
            return report
        }
        let snapshot = try snapshot()
        defer { snapshot.close() }
        return try Verification(snapshot, report, step).run(table: table)
    }

    private func damagedPage() throws(StorageError) -> VerificationReport.Finding? {
        do {
            try environment.verifyPages()
            return nil
        } catch {
            guard error.code == .corrupted || error.code == .truncated else { throw StorageError(error) }
            return .init(kind: .page, place: path, detail: error.message)
        }
    }
}

/// A verification under way.
final class Verification {
    let reader: StoreReader
    private(set) var report: VerificationReport
    private let step: () throws -> Void
    private var entriesSinceStep = 0
    /// The keyspaces looked at.
    private(set) var tables: [TableInfo] = []

    var access: TreeAccess { reader.access }

    init(_ reader: StoreReader, _ report: VerificationReport, _ step: @escaping () throws -> Void) {
        self.reader = reader
        self.report = report
        self.step = step
    }

    func run(table name: String?) throws -> VerificationReport {
        tables = try chosenTables(name)
        try verifyCatalog()
        try verifyCommits()
        for table in tables { try verifyItems(of: table) }
        for table in tables { try verifyEntries(of: table) }
        for table in tables { try verifyHistory(of: table) }
        // A contradiction was told where it stands; what follows from it would only repeat it.
        if report.isSound { try verifyContent() }
        return report
    }

    private func chosenTables(_ name: String?) throws(StorageError) -> [TableInfo] {
        let catalog = reader.catalog
        guard let name else {
            return [catalog.tables, catalog.indexes, catalog.backups].flatMap(\.values).sorted { $0.id < $1.id }
        }
        guard let table = reader.table(named: name) else { throw .tableNotFound(name) }
        return [table] + catalog.indexes(of: table.id)
    }

    // MARK: Reporting

    func find(_ kind: VerificationReport.Kind, at place: String, _ detail: String) {
        guard report.findings.count < Limits.verificationFindings else {
            report.further += 1
            return
        }
        report.findings.append(.init(kind: kind, place: place, detail: detail))
    }

    func find(_ kind: VerificationReport.Kind, _ tree: TreeName, _ key: [UInt8], _ detail: String) {
        find(kind, at: RawKey.words(tree, key.rawSpan), detail)
    }

    func count(_ counter: WritableKeyPath<VerificationReport, Int>, by count: Int = 1) {
        report[keyPath: counter] += count
    }

    func note(version: Version, hash: Hash256) {
        report.version = version
        report.hash = hash.hexadecimal
    }

    // MARK: Walking

    /// Calls `body` for the entries under a prefix, in the order of their keys.
    ///
    /// - Parameter body: gives the reason why the value cannot be read, by throwing `MalformedBytes`.
    func walk(
        _ tree: TreeName, prefix: [UInt8] = [], _ body: ([UInt8], RawSpan) throws -> Void
    ) throws {
        let cursor = try access.openCursor(access.tree(tree))
        var isOnEntry = try cursor.seek(atOrAfter: prefix.rawSpan)
        while isOnEntry, cursor.key.hasPrefix(prefix.rawSpan) {
            let key = cursor.key.array
            do {
                try body(key, cursor.value)
            } catch is MalformedBytes {
                find(.entry, tree, key, "its bytes do not fit its checksum")
            }
            try pause()
            isOnEntry = try cursor.next()
        }
    }

    /// Lets the caller have a word now and then.
    func pause() throws {
        entriesSinceStep += 1
        guard entriesSinceStep >= 1000 else { return }
        entriesSinceStep = 0
        try step()
    }
}

import HindsightKeyValue

extension Verification {
    /// The chain of hashes, from the first commit that is kept to the newest one.
    func verifyCommits() throws {
        var before: (version: Version, record: CommitRecord)?
        var definitions: (hash: Hash256, version: Version)?
        try walk(.commits) { key, value in
            guard let version = RawKey.version(ofCommit: key.rawSpan) else { throw MalformedBytes() }
            count(\.commits)
            let record = try CommitRecord(value)
            verify(record, version, under: key, after: before)
            before = (version, record)
            if let hash = record.definitions { definitions = (hash, version) }
        }
        let newest = before?.version ?? 0
        if newest != reader.version {
            find(.contradiction, at: "commits", "the newest one is v\(newest), not v\(reader.version)")
        }
        if let before { note(version: before.version, hash: before.record.hash) }
        if let definitions { try verifyDefinitions(definitions.hash, definitions.version) }
    }

    private func verify(
        _ record: CommitRecord, _ version: Version, under key: [UInt8],
        after before: (version: Version, record: CommitRecord)?
    ) {
        // What stood before the first commit that is kept is not known any more, so its hash cannot be made again.
        guard before != nil || version == 1 else { return }
        if let before, before.version + 1 != version {
            return find(.contradiction, .commits, key, "it follows v\(before.version)")
        }
        var chained = record
        chained.hash = before?.record.hash ?? Hash256()
        if chained.chained(version: version) != record.hash {
            find(.tampering, .commits, key, "its hash is not that of its content and of the commit before")
        }
        if let before, before.record.time >= record.time {
            find(.contradiction, .commits, key, "it is not later than the commit before")
        }
        let changes = record.changes.reduce(before?.record.totalChanges ?? 0) { $0 + UInt64($1.count) }
        if changes != record.totalChanges {
            find(.contradiction, .commits, key, "it counts \(record.totalChanges) changes instead of \(changes)")
        }
    }
}

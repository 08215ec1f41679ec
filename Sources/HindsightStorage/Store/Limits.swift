/// Every limit of the storage layer, with its unit.
package enum Limits {
    package static let tableNameBytes = 255
    package static let restorePointNameBytes = 255
    /// DynamoDB: the value of a partition key.
    package static let partitionKeyBytes = 2048
    /// DynamoDB: the value of a sort key.
    package static let sortKeyBytes = 1024
    /// A commit keeps this much of its statement's text.
    package static let statementTextBytes = 200
    /// DynamoDB: names of indexes.
    package static let indexNameBytes = 3...255
    /// DynamoDB: indexes of one table.
    package static let globalIndexes = 20
    package static let localIndexes = 5
    /// DynamoDB: attributes that all indexes of a table project beside keys.
    package static let projectedAttributes = 100
    /// Items of a table that one transaction puts into a new index.
    package static let indexBuildStep = 2_000
    /// DynamoDB.
    package static let backupNameBytes = 3...255
    /// So that the names of a plan's backups, which add a time, are names of backups.
    package static let planNameBytes = 230
    /// Scheduled times that are counted one by one when a plan is caught up; beyond, it goes on from now.
    static let missedRuns: UInt64 = 100_000
    /// How long the backup is kept that dropping a table with point-in-time recovery makes.
    package static let systemBackupDays = 35
    package static let retentionDays = 1...35
    /// DynamoDB: how long a stream keeps changes.
    package static let streamMicroseconds: Int64 = 24 * 3_600_000_000
    package static let defaultRetentionDays = 35
    /// A fork over a base that is itself a fork of this many levels is copied instead of read through.
    package static let forkDepth = 8
    /// Changes of a statement that are noted before a nested transaction begins.
    package static let journaledChanges = 64
    /// Bodies that one durable commit takes together.
    package static let commitGroup = 256
    /// Records that an index of a scan of the past holds, at 16 bytes.
    package static let changeIndexRecords = 4_000_000
    /// Entries that one transaction of the collector touches, how long it takes for that, and how long the collector
    /// pauses between two of them.
    package static let collectionStep = 5_000
    package static let collectionMilliseconds = 5
    static let collectionPauseMilliseconds = 1
    /// Items that are looked at for their time to live in one step, and that one commit deletes.
    package static let expiryStep = 2_000
    package static let expiryDeletions = 500
    /// How often a vacuum tries to find the file unused, and how long it pauses in between.
    package static let vacuumAttempts = 50
    package static let vacuumPauseMilliseconds = 100
    /// Findings that a verification lists.
    package static let verificationFindings = 100
    /// Entries that the step after a commit touches.
    package static let automaticCollectionStep = 1_000
}

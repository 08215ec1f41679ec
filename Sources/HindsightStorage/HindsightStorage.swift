// Versions over ordered bytes: tables, snapshots, transactions, the change log, recovery.
// Must not know: grammar.
//
//     Store                 a file; `snapshot`, `write`, `beginTransaction`, `collectGarbage`
//       StoreReader         tables, moments, point reads, cursors, changes: what the next two share
//         Snapshot          the present at one version
//         StoreTransaction  a write under way
//       OpenTransaction     a write over several calls
//
// Where to find what:
//
//     Encoding   every byte of keys and values, drawn         `RawKey`, `ItemHeader`, `ChangeRecord`, `CommitRecord`
//     Catalog    tables, restore points                       `CatalogEntry`, `TableInfo`, `Catalog`
//     Reading    who sees what; scans, forks                  `VersionChain`, `LevelScan`, `TableCursor`
//     Writing    one write; the order of a commit             `StoreTransaction+Items`, `CommitQueue`
//     Recovery   point-in-time recovery, restore, collection  `StoreTransaction+Recovery`, `ForkCopier`

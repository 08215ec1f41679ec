// Versions over ordered bytes: tables, snapshots, transactions, the change log, recovery.
// Must not know: grammar.

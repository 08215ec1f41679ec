// Ordered bytes: environments, transactions, cursors over LMDB. The only unsafe Swift of the project.
// Must not know: versions, values, tables.

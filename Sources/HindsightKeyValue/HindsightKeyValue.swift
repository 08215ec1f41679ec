// Ordered bytes: environments, transactions, cursors over LMDB. The only unsafe Swift of the project.
// Must not know: versions, values, tables.
//
//     Environment      one file, shared by everybody in the process who opens it
//       Tree           a named ordered map of bytes inside the file
//       Transaction    a snapshot to read, or the one writer
//         Cursor       a place in a tree; keys and values are seen in place, as `RawSpan`
//
// Every call of LMDB stands in one method here, which tells the `CallInterceptor`, if there is one, and turns the status
// code into a `KeyValueError`. No file, however broken, may trap the process; broken invariants of the caller may.

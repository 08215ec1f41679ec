// Binding, planning, operators, functions, expressions.
// Must not know: bytes, terminals. Storage is named in StorageAdapter/ alone.

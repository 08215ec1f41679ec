import CLMDB

/// A named, ordered map of bytes in an environment, found with `Environment.tree(named:)`.
///
/// A tree belongs to the file, not to the handle that found it: all environments on one file in a process share it.
/// Keys are ordered by `memcmp`, are not empty, and have at most `Environment.maximumKeyByteCount` bytes.
@usableFromInline
package struct Tree: Hashable, Sendable {
    @usableFromInline let handle: MDB_dbi

    @inlinable
    init(handle: MDB_dbi) {
        self.handle = handle
    }
}

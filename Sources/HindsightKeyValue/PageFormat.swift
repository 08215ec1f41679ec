// LMDB's file, as far as it must be understood to recognise a broken one. Integers have the machine's byte order.
// LMDB 0.9, mdb.c: MDB_page, MDB_meta, MDB_db, MDB_node.
//
//     page     0 number (8) | 8 – (2) | 10 flags (2) | 12 lower (2) | 14 upper (2) | 16 …
//     overflow the same, but 12 count of pages (4) | 16 one value's bytes, over all of those pages
//     node table: from 16 to `lower`, offsets of nodes (2 each), in key order; nodes lie from `upper` to the page's end
//     node     0 low (2) | 2 high (2) | 4 flags (2) | 6 key length (2) | 8 key … value …
//              in a branch, low, high and flags are the child's number; in a leaf, low and high are the value's length
//     meta     a page whose content is
//              16 magic (4) | 20 version (4) | 24 address (8) | 32 map size (8)
//              40 record of the tree of free pages (48) | 88 record of the main tree (48)
//              136 last page's number (8) | 144 transaction (8)
//     record   0 page size, in the first only (4) | 4 flags (2) | 6 depth (2) | 8 branch pages (8) | 16 leaf pages (8)
//              24 overflow pages (8) | 32 entries (8) | 40 root (8), all ones if empty
//
// Pages 0 and 1 are metas, written in turn; the greater transaction counts.

/// A page's number: its offset in the file, in pages.
typealias PageNumber = UInt64

/// The kind of a page, of a tree, and of a node's value.
enum PageFlag {
    static let branch: UInt16 = 0x01
    static let leaf: UInt16 = 0x02
    static let overflow: UInt16 = 0x04
    static let meta: UInt16 = 0x08

    /// Of a tree: its keys are integers, as those of the tree of free pages.
    static let integerKeys: UInt16 = 0x08
    /// Of the tree of free pages: what is not a flag of the environment, which LMDB keeps there too.
    static let treeFlags: UInt16 = 0x3FFF

    /// The value lies on overflow pages, whose first number stands in the node.
    static let nodeIsBig: UInt16 = 0x01
    /// The value is the record of a named tree.
    static let nodeIsTree: UInt16 = 0x02
}

enum PageLimit {
    static let headerByteCount = 16
    static let nodeHeaderByteCount = 8
    static let metaByteCount = 152
    static let recordByteCount = 48
    static let magic: UInt32 = 0xBEEF_C0DE
    static let version: UInt32 = 1
    static let noPage = PageNumber.max
    /// LMDB's cursors have no room for deeper trees.
    static let depth = 32
    static let pageByteCounts = 512...32_768
    /// More than any machine's address space has room for.
    static let fileByteCount: UInt64 = 1 << 46
    /// More than can be committed in a century.
    static let transaction: UInt64 = 1 << 56
}

/// Where a tree begins, and how large it is said to be.
struct TreeRecord {
    let flags: UInt16
    let depth: UInt16
    let branchPageCount: UInt64
    let leafPageCount: UInt64
    let overflowPageCount: UInt64
    let entryCount: UInt64
    let root: PageNumber

    /// - Precondition: the record's 48 bytes lie in the span.
    init(_ bytes: borrowing RawSpan, at offset: Int) {
        flags = bytes.load(at: offset + 4)
        depth = bytes.load(at: offset + 6)
        branchPageCount = bytes.load(at: offset + 8)
        leafPageCount = bytes.load(at: offset + 16)
        overflowPageCount = bytes.load(at: offset + 24)
        entryCount = bytes.load(at: offset + 32)
        root = bytes.load(at: offset + 40)
    }

    var isEmpty: Bool {
        root == PageLimit.noPage
    }
}

/// One of the two heads of the file.
struct MetaPage {
    let isMeta: Bool
    let magic: UInt32
    let version: UInt32
    let pageByteCount: Int
    let free: TreeRecord
    let main: TreeRecord
    let lastPage: PageNumber
    let transaction: UInt64

    /// - Precondition: the span has at least `PageLimit.metaByteCount` bytes.
    init(_ bytes: borrowing RawSpan) {
        let flags: UInt16 = bytes.load(at: 10)
        isMeta = flags & PageFlag.meta != 0
        magic = bytes.load(at: 16)
        version = bytes.load(at: 20)
        let pageByteCount: UInt32 = bytes.load(at: 40)
        self.pageByteCount = Int(pageByteCount)
        free = TreeRecord(bytes, at: 40)
        main = TreeRecord(bytes, at: 88)
        lastPage = bytes.load(at: 136)
        transaction = bytes.load(at: 144)
    }

    /// Whether LMDB can take these numbers without harm.
    var isPossible: Bool {
        guard PageLimit.pageByteCounts.contains(pageByteCount), pageByteCount.nonzeroBitCount == 1 else { return false }
        guard lastPage >= 1, lastPage < PageLimit.fileByteCount / UInt64(pageByteCount) else { return false }
        guard transaction < PageLimit.transaction else { return false }
        return free.flags & PageFlag.treeFlags == PageFlag.integerKeys && main.flags == 0
    }
}

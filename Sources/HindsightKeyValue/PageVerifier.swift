/// Follows the trees of one snapshot through the file and finds damage that would trap LMDB, which believes what its
/// pages say.
///
/// The snapshot must be held by a read transaction, so that no writer reuses its pages meanwhile.
struct PageVerifier {
    private let file: PageFile
    private let meta: MetaPage
    /// Whole pages that the file has.
    private let filePageCount: PageNumber
    /// Pages met so far, one bit each, while all are looked at.
    private var met: [UInt64] = []
    /// Pages met so far, while few are looked at: a damaged file may go round in circles.
    private var metFew = Set<PageNumber>()

    init(file: PageFile, meta: MetaPage) throws(KeyValueError) {
        self.file = file
        self.meta = meta
        filePageCount = PageNumber(try file.byteCount() / meta.pageByteCount)
    }

    /// Whether pages that were once used lie beyond the file's end. That is a truncated file, unless all of them are
    /// free: LMDB does not write a page that is allocated and freed in one transaction.
    private var isShort: Bool {
        meta.lastPage >= filePageCount
    }

    /// What every opening checks: that the file is complete, and that the roots are what they should be.
    ///
    /// - Complexity: O(trees); O(free pages), or in the worst case O(pages), in the rare file that is short.
    mutating func verifyRoots() throws(KeyValueError) {
        if isShort { try verifyTail() }
        if !meta.main.isEmpty { try verifyNamedTrees(deeply: false) }
        if !meta.free.isEmpty { try verifyRoot(meta.free) }
    }

    /// Checks every page in use: headers, nodes, key order, counts, and that no page is used twice or is free as well.
    ///
    /// - Complexity: O(pages), each read once.
    mutating func verifyAll() throws(KeyValueError) {
        met = [UInt64](repeating: 0, count: Int(filePageCount / 64 + 1))
        try verifyNamedTrees(deeply: true)
        var free: [PageNumber] = []
        try verifyFreeTree { free += $0 }
        for page in free where !mark(page) {
            throw damage("page \(page) is free and in use")
        }
    }

    // MARK: Trees

    /// The main tree's values are the records of the named trees.
    private mutating func verifyNamedTrees(deeply: Bool) throws(KeyValueError) {
        var records: [(name: String, record: TreeRecord)] = []
        var problem: String?
        try walk(meta.main, keys: .bytes) { page, index, _ in
            let name = String(decoding: page.key(index), as: UTF8.self)
            let value = page.value(index)
            guard page.flags(index) == PageFlag.nodeIsTree, value.count == PageLimit.recordByteCount else {
                problem = "\"\(name)\" in the main tree is not a tree"
                return
            }
            records.append((name, TreeRecord(value.span.bytes, at: 0)))
        }
        if let problem { throw damage(problem) }
        for (name, record) in records where !record.isEmpty {
            guard record.flags == 0 else {
                throw file.error(.notADatabase, "\"\(file.path)\" is a database of another program: tree \"\(name)\"")
            }
            if deeply {
                try walk(record, keys: .bytes) { _, _, _ in }
            } else {
                try verifyRoot(record)
            }
        }
    }

    private func verifyRoot(_ tree: TreeRecord) throws(KeyValueError) {
        let page = try nodePage(tree.root)
        guard page.isLeaf == (tree.depth == 1) else { throw damage("page \(tree.root) has the wrong depth") }
    }

    /// Calls `body` with the numbers of free pages, some at a time.
    private mutating func verifyFreeTree(_ body: ([PageNumber]) -> Void) throws(KeyValueError) {
        var lists: [[UInt8]] = []
        try walk(meta.free, keys: .integers) { page, index, overflow in
            lists.append(overflow ?? page.value(index))
        }
        for list in lists {
            let bytes = list.span.bytes
            guard bytes.byteCount >= 8 else { throw damage("a list of free pages is empty") }
            let count: UInt64 = bytes.load(at: 0)
            guard count <= UInt64(bytes.byteCount / 8 - 1) else { throw damage("a list of free pages is cut off") }
            let pages = (0..<Int(count)).map { index -> PageNumber in bytes.load(at: 8 + 8 * index) }
            guard pages.allSatisfy({ $0 >= 2 && $0 <= meta.lastPage }) else {
                throw damage("a list of free pages names a page that is not there")
            }
            body(pages)
        }
    }

    /// The pages beyond the file's end must be free, or at least not be reached from any tree.
    private mutating func verifyTail() throws(KeyValueError) {
        var freeBeyondEnd = Set<PageNumber>()
        let end = filePageCount
        try verifyFreeTree { pages in freeBeyondEnd.formUnion(pages.filter { $0 >= end }) }
        metFew = []
        if PageNumber(freeBeyondEnd.count) == meta.lastPage + 1 - end { return }
        try verifyAll()
        met = []
        metFew = []
    }

    // MARK: Walking

    private enum Keys {
        case bytes, integers
    }

    /// What is carried from leaf to leaf.
    private struct Progress {
        var lastKey: [UInt8]?
        var lastInteger: UInt64?
        var entryCount: UInt64 = 0
    }

    /// Calls `body` for each entry of the tree in order, with the entry's page and index, and for big values with the
    /// value's bytes if the keys are integers (the lists of free pages).
    private mutating func walk(
        _ tree: TreeRecord, keys: Keys,
        _ body: (NodePage, Int, [UInt8]?) -> Void
    ) throws(KeyValueError) {
        guard !tree.isEmpty else { return }
        guard tree.depth >= 1, tree.depth <= PageLimit.depth else {
            throw damage("a tree is \(tree.depth) levels deep")
        }
        var progress = Progress()
        try walk(tree.root, depth: Int(tree.depth), keys: keys, &progress, body)
        guard progress.entryCount == tree.entryCount else {
            throw damage("a tree has \(progress.entryCount) entries and says \(tree.entryCount)")
        }
    }

    private mutating func walk(
        _ number: PageNumber, depth: Int, keys: Keys, _ progress: inout Progress,
        _ body: (NodePage, Int, [UInt8]?) -> Void
    ) throws(KeyValueError) {
        let page = try nodePage(number)
        guard mark(number) else { throw damage("page \(number) is used twice") }
        guard page.isLeaf == (depth == 1) else { throw damage("page \(number) has the wrong depth") }
        if page.isLeaf {
            try verifyLeaf(page, keys: keys, &progress, body)
        } else {
            for index in 0..<page.nodeCount {
                try walk(page.child(index), depth: depth - 1, keys: keys, &progress, body)
            }
        }
    }

    private mutating func verifyLeaf(
        _ page: NodePage, keys: Keys, _ progress: inout Progress,
        _ body: (NodePage, Int, [UInt8]?) -> Void
    ) throws(KeyValueError) {
        for index in 0..<page.nodeCount {
            try verifyOrder(page, index, keys: keys, &progress)
            let flags = page.flags(index)
            // Other flags belong to trees with several values a key, which we have none of and LMDB would follow.
            guard flags == 0 || flags == PageFlag.nodeIsBig || flags == PageFlag.nodeIsTree else {
                throw damage("page \(page.number) has an entry of unknown kind")
            }
            var overflow: [UInt8]?
            if flags == PageFlag.nodeIsBig {
                overflow = try overflowValue(page, index, isWanted: keys == .integers)
            }
            body(page, index, overflow)
        }
        progress.entryCount += UInt64(page.nodeCount)
        if keys == .bytes { progress.lastKey = page.key(page.nodeCount - 1) }
    }

    private func verifyOrder(
        _ page: NodePage, _ index: Int, keys: Keys, _ progress: inout Progress
    ) throws(KeyValueError) {
        let isInOrder: Bool
        switch keys {
        case .integers:
            guard let key = page.integerKey(index) else { throw damage("page \(page.number) has a key of wrong size") }
            isInOrder = progress.lastInteger.map { $0 < key } ?? true
            progress.lastInteger = key
        case .bytes where index > 0:
            isInOrder = page.compareKeys(index - 1, index) < 0
        case .bytes:
            isInOrder = progress.lastKey.map { page.compareKey(index, to: $0) > 0 } ?? true
        }
        guard isInOrder else { throw damage("page \(page.number) has keys out of order") }
    }

    // MARK: Pages

    /// A branch or leaf page that is safe to walk through.
    private func nodePage(_ number: PageNumber) throws(KeyValueError) -> NodePage {
        guard let page = NodePage(try read(number), number: number) else { throw damage("page \(number) is damaged") }
        // LMDB asserts it of branches, and leaves no empty leaf.
        guard page.nodeCount >= (page.isLeaf ? 1 : 2) else { throw damage("page \(number) is empty") }
        return page
    }

    /// Checks the pages of a big value.
    ///
    /// - Returns: its bytes, if wanted; the head alone is read otherwise.
    private mutating func overflowValue(
        _ page: NodePage, _ index: Int, isWanted: Bool
    ) throws(KeyValueError) -> [UInt8]? {
        let number = page.overflowPage(index)
        let byteCount = page.valueByteCount(index)
        let head = try read(number, byteCount: PageLimit.headerByteCount)
        let header = head.span.bytes
        let pageCount = PageNumber(header.load(at: 12) as UInt32)
        let needed = (PageLimit.headerByteCount + byteCount + meta.pageByteCount - 1) / meta.pageByteCount
        guard header.load(at: 0) as UInt64 == number, header.load(at: 10) as UInt16 == PageFlag.overflow,
            pageCount >= PageNumber(needed)
        else { throw damage("page \(number) is damaged") }
        for page in number..<(number + PageNumber(needed)) {
            try verifyPresence(page)
        }
        for page in number..<(number + pageCount) {
            guard page <= meta.lastPage, mark(page) else { throw damage("page \(page) is used twice") }
        }
        guard isWanted else { return nil }
        let whole = try read(number, byteCount: PageLimit.headerByteCount + byteCount)
        return whole.span.bytes.array(in: PageLimit.headerByteCount..<whole.count)
    }

    private func read(_ number: PageNumber) throws(KeyValueError) -> [UInt8] {
        try read(number, byteCount: meta.pageByteCount)
    }

    private func read(_ number: PageNumber, byteCount: Int) throws(KeyValueError) -> [UInt8] {
        try verifyPresence(number)
        let bytes = try file.read(byteCount, at: Int(number) * meta.pageByteCount)
        guard bytes.count == byteCount else { throw truncated() }
        return bytes
    }

    private func verifyPresence(_ number: PageNumber) throws(KeyValueError) {
        guard number >= 2, number <= meta.lastPage else { throw damage("page \(number) is named but does not exist") }
        guard number < filePageCount else { throw truncated() }
    }

    /// - Returns: `false` if the page was met before.
    private mutating func mark(_ page: PageNumber) -> Bool {
        guard !met.isEmpty else { return metFew.insert(page).inserted }
        // A free page may lie beyond the end.
        guard page < filePageCount else { return true }
        let bit = UInt64(1) << (page % 64)
        defer { met[Int(page / 64)] |= bit }
        return met[Int(page / 64)] & bit == 0
    }

    private func damage(_ what: String) -> KeyValueError {
        file.error(.corrupted, "\"\(file.path)\" is damaged: \(what)")
    }

    private func truncated() -> KeyValueError {
        file.error(
            .truncated,
            "\"\(file.path)\" is cut off: it has \(filePageCount) pages of \(meta.pageByteCount) bytes, not \(meta.lastPage + 1)"
        )
    }
}

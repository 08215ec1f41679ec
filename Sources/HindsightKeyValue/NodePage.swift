/// A branch or leaf page, whose nodes are known to lie inside it.
struct NodePage {
    let number: PageNumber
    let isLeaf: Bool
    let nodeCount: Int
    private let bytes: [UInt8]

    /// - Returns: `nil` if the bytes are not such a page.
    init?(_ bytes: [UInt8], number: PageNumber) {
        let page = bytes.span.bytes
        let storedNumber: UInt64 = page.load(at: 0)
        let flags: UInt16 = page.load(at: 10)
        let lower = Int(page.load(at: 12) as UInt16)
        let upper = Int(page.load(at: 14) as UInt16)
        guard storedNumber == number, flags == PageFlag.branch || flags == PageFlag.leaf else { return nil }
        guard lower >= PageLimit.headerByteCount, lower <= upper, upper <= page.byteCount, lower % 2 == 0 else {
            return nil
        }
        isLeaf = flags == PageFlag.leaf
        nodeCount = (lower - PageLimit.headerByteCount) / 2
        self.number = number
        guard Self.nodesFill(page, from: upper, count: nodeCount, areLeaf: isLeaf) else { return nil }
        self.bytes = bytes
    }

    /// Whether the nodes lie one after another, in any order, from `upper` to the page's end. LMDB counts on it when it
    /// makes room for an entry.
    private static func nodesFill(_ page: borrowing RawSpan, from upper: Int, count: Int, areLeaf: Bool) -> Bool {
        var offsets: [Int] = []
        offsets.reserveCapacity(count)
        for index in 0..<count {
            offsets.append(Int(page.load(at: PageLimit.headerByteCount + 2 * index) as UInt16))
        }
        offsets.sort()
        var expected = upper
        for offset in offsets {
            guard offset == expected, let byteCount = nodeByteCount(page, at: offset, isLeaf: areLeaf) else {
                return false
            }
            expected += byteCount
        }
        return expected == page.byteCount
    }

    /// The size of a node, which is even; `nil` if it does not lie in the page.
    private static func nodeByteCount(_ page: borrowing RawSpan, at offset: Int, isLeaf: Bool) -> Int? {
        guard page.contains(PageLimit.nodeHeaderByteCount, at: offset) else { return nil }
        let keyByteCount = Int(page.load(at: offset + 6) as UInt16)
        var byteCount = PageLimit.nodeHeaderByteCount + keyByteCount
        if isLeaf {
            let flags: UInt16 = page.load(at: offset + 4)
            byteCount += flags & PageFlag.nodeIsBig != 0 ? 8 : Int(page.load(at: offset) as UInt32)
        }
        byteCount = (byteCount + 1) & ~1
        return page.contains(byteCount, at: offset) ? byteCount : nil
    }

    /// Where the key of a node lies in the page.
    func keyRange(_ index: Int) -> Range<Int> {
        let offset = nodeOffset(index) + PageLimit.nodeHeaderByteCount
        return offset..<(offset + Int(bytes.span.bytes.load(at: offset - 2) as UInt16))
    }

    func key(_ index: Int) -> [UInt8] {
        bytes.span.bytes.array(in: keyRange(index))
    }

    /// Less than, equal to, or greater than 0, as the key of the node stands to `other`.
    func compareKey(_ index: Int, to other: [UInt8]) -> Int {
        bytes.span.bytes.extracting(keyRange(index)).compare(other.span.bytes)
    }

    /// Less than, equal to, or greater than 0, as the key of one node stands to that of another.
    func compareKeys(_ index: Int, _ other: Int) -> Int {
        let page = bytes.span.bytes
        return page.extracting(keyRange(index)).compare(page.extracting(keyRange(other)))
    }

    /// A key that is an integer, as in the tree of free pages; `nil` if its length is another.
    func integerKey(_ index: Int) -> UInt64? {
        let range = keyRange(index)
        return range.count == 8 ? bytes.span.bytes.load(at: range.lowerBound) : nil
    }

    /// The child of a node in a branch.
    func child(_ index: Int) -> PageNumber {
        let offset = nodeOffset(index)
        let low: UInt32 = bytes.span.bytes.load(at: offset)
        let high: UInt16 = bytes.span.bytes.load(at: offset + 4)
        return PageNumber(low) | PageNumber(high) << 32
    }

    /// The flags of a node in a leaf.
    func flags(_ index: Int) -> UInt16 {
        bytes.span.bytes.load(at: nodeOffset(index) + 4)
    }

    /// The length that a node in a leaf gives for its value, wherever that lies.
    func valueByteCount(_ index: Int) -> Int {
        Int(bytes.span.bytes.load(at: nodeOffset(index)) as UInt32)
    }

    /// The value in the page; of a big one, the 8 bytes of its first page's number.
    func value(_ index: Int) -> [UInt8] {
        let start = keyRange(index).upperBound
        let count = flags(index) & PageFlag.nodeIsBig != 0 ? 8 : valueByteCount(index)
        return bytes.span.bytes.array(in: start..<(start + count))
    }

    /// The first overflow page of a big value.
    func overflowPage(_ index: Int) -> PageNumber {
        bytes.span.bytes.load(at: keyRange(index).upperBound)
    }

    private func nodeOffset(_ index: Int) -> Int {
        Int(bytes.span.bytes.load(at: PageLimit.headerByteCount + 2 * index) as UInt16)
    }
}

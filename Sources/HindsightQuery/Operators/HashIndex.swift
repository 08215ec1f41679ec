/// Finds numbers by hash: an open-addressing table from the lower half of a hash to the number of an entry that is kept
/// elsewhere. The entries say themselves whether they are equal.
struct HashIndex {
    /// The half hash above, the number plus one below; 0 in free places. A power of two places, at most half of them used.
    private var places: ContiguousArray<UInt64> = []
    private var mask = -1
    private(set) var count = 0

    /// Bytes that an entry costs on average.
    static let entryBytes = 24

    /// The number under this hash for which `isEqual` holds.
    @inline(__always)
    func find(_ hash: UInt64, where isEqual: (Int) -> Bool) -> Int? {
        guard count > 0 else { return nil }
        let half = hash & 0xFFFF_FFFF
        var place = Int(truncatingIfNeeded: half) & mask
        while true {
            let found = places[place]
            if found == 0 { return nil }
            if found &>> 32 == half {
                let number = Int(truncatingIfNeeded: found & 0xFFFF_FFFF) &- 1
                if isEqual(number) { return number }
            }
            place = (place &+ 1) & mask
        }
    }

    /// Adds a number that is not there yet.
    ///
    /// - Precondition: `number` is below 2^32 - 1.
    mutating func insert(_ number: Int, _ hash: UInt64) {
        precondition(number >= 0 && number < HashIndex.largestCount, "the number fits into half a word")
        if 2 * (count + 1) > places.count { resize(max(16, 2 * places.count)) }
        count += 1
        place((hash & 0xFFFF_FFFF) << 32 | UInt64(number + 1))
    }

    /// Puts `number` in the place of the one under this hash for which `isEqual` holds.
    ///
    /// - Returns: that one; nil if there is none.
    mutating func replace(_ hash: UInt64, by number: Int, where isEqual: (Int) -> Bool) -> Int? {
        guard count > 0 else { return nil }
        let half = hash & 0xFFFF_FFFF
        var place = Int(truncatingIfNeeded: half) & mask
        while places[place] != 0 {
            let found = Int(truncatingIfNeeded: places[place] & 0xFFFF_FFFF) &- 1
            if places[place] &>> 32 == half, isEqual(found) {
                places[place] = half &<< 32 | UInt64(number + 1)
                return found
            }
            place = (place &+ 1) & mask
        }
        return nil
    }

    /// Makes room for `count` numbers in all.
    mutating func reserve(_ count: Int) {
        var size = max(16, places.count)
        while size < 2 * count { size *= 2 }
        if size > places.count { resize(size) }
    }

    mutating func removeAll() {
        self = HashIndex()
    }

    private mutating func place(_ entry: UInt64) {
        var place = Int(truncatingIfNeeded: entry &>> 32) & mask
        while places[place] != 0 { place = (place &+ 1) & mask }
        places[place] = entry
    }

    private mutating func resize(_ size: Int) {
        let old = places
        places = ContiguousArray(repeating: 0, count: size)
        mask = places.count - 1
        for entry in old where entry != 0 { place(entry) }
    }

    /// More entries than this are more than the index can number.
    static let largestCount = Int(UInt32.max) - 1
}

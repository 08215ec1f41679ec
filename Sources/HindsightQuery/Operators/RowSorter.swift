import HindsightKeyValue
import HindsightValues

/// Finds the order of saved rows by some of their columns.
///
/// Rows are moved as pairs of a word and their number. The word stands for the value of one key (`OrderPrefix`), and pairs
/// are sorted by its bytes, lowest first. Where words tie, the next key decides, or the values themselves do.
struct RowSorter: Sendable {
    private let keys: [Sort.Key]
    /// The column of each key.
    private let columns: [Int]

    init(_ keys: [Sort.Key], columns: [Int]) {
        self.keys = keys
        self.columns = columns
    }

    /// The numbers of the rows in their order. Rows that tie stay in the order of their numbers.
    func order(_ rows: SavedRows) -> ContiguousArray<Int> {
        var entries = ContiguousArray<Entry>()
        entries.reserveCapacity(rows.count)
        for row in 0..<rows.count { entries.append(Entry(word: 0, row: row)) }
        var spare = entries
        sort(&entries, 0..<rows.count, &spare, rows, key: 0, depth: 0)
        return ContiguousArray(entries.map(\.row))
    }

    /// Below zero if the first row comes first.
    func compare(_ left: ContiguousArray<Value>, _ right: ContiguousArray<Value>) -> Int {
        for (key, column) in zip(keys, columns) {
            let order = key.compare(left[column], right[column])
            if order != 0 { return order }
        }
        return 0
    }

    private struct Entry {
        var word: UInt64
        var row: Int
    }

    /// Sorts a range in which all keys before `key` tie.
    ///
    /// - Parameter depth: how often words were looked at already.
    private func sort(
        _ entries: inout ContiguousArray<Entry>, _ range: Range<Int>, _ spare: inout ContiguousArray<Entry>,
        _ rows: SavedRows, key: Int, depth: Int
    ) {
        guard range.count > 1, key < keys.count else { return }
        if range.count <= RowSorter.fewRows { return sortFew(&entries, range, rows, key) }
        if depth == RowSorter.deepest { return sortByValues(&entries, range, rows, key) }
        let isExact = setWords(&entries, range, rows, key)
        sortByWords(&entries, range, &spare)
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound, entries[end].word == entries[start].word { end += 1 }
            sort(&entries, start..<end, &spare, rows, key: isExact ? key + 1 : key, depth: depth + 1)
            start = end
        }
    }

    // MARK: Words

    /// - Returns: whether rows whose words tie tie by this key.
    private func setWords(
        _ entries: inout ContiguousArray<Entry>, _ range: Range<Int>, _ rows: SavedRows, _ number: Int
    ) -> Bool {
        let (key, column) = (keys[number], columns[number])
        let skipped = commonPrefix(entries, range, rows, column)
        var isExact = true
        for index in range {
            // Read in place: a copy would be retained.
            let place = entries[index].row * rows.width + column
            if rows.values[place].isAbsent {
                entries[index].word = key.nullsFirst ? OrderPrefix.first : OrderPrefix.last
            } else {
                let prefix = rows.values[place].orderPrefix(skipping: skipped)
                if !prefix.isExact { isExact = false }
                entries[index].word = key.isDescending ? ~prefix.word : prefix.word
            }
        }
        return isExact
    }

    /// How many bytes all of the values start with, if they are texts.
    private func commonPrefix(
        _ entries: ContiguousArray<Entry>, _ range: Range<Int>, _ rows: SavedRows, _ column: Int
    ) -> Int {
        guard let first = rows[entries[range.lowerBound].row, column].text else { return 0 }
        var length = first.utf8.count
        let bytes = RawSpan(_elements: first.utf8.span)
        for index in range where length > 0 {
            let value = rows[entries[index].row, column]
            if value.isAbsent { continue }
            guard let text = value.text else { return 0 }
            length = min(length, bytes.commonPrefixCount(with: RawSpan(_elements: text.utf8.span)))
        }
        return length
    }

    /// Sorts by the bytes of the words, the lowest byte first; bytes in which all words are the same are left out.
    private func sortByWords(
        _ entries: inout ContiguousArray<Entry>, _ range: Range<Int>, _ spare: inout ContiguousArray<Entry>
    ) {
        var differing: UInt64 = 0
        for index in range { differing |= entries[index].word ^ entries[range.lowerBound].word }
        for shift in stride(from: UInt64(0), to: 64, by: 8) where differing &>> shift & 0xFF != 0 {
            var starts = ContiguousArray(repeating: 0, count: 257)
            for index in range { starts[Int(entries[index].word &>> shift & 0xFF) + 1] += 1 }
            starts[0] = range.lowerBound
            for digit in 1...256 { starts[digit] += starts[digit - 1] }
            for index in range {
                let digit = Int(entries[index].word &>> shift & 0xFF)
                spare[starts[digit]] = entries[index]
                starts[digit] += 1
            }
            if range.count == entries.count {
                swap(&entries, &spare)
            } else {
                for index in range { entries[index] = spare[index] }
            }
        }
    }

    // MARK: Values

    private func precedes(_ left: Int, _ right: Int, _ rows: SavedRows, from first: Int) -> Bool {
        for key in first..<keys.count {
            let order = keys[key].compare(rows[left, columns[key]], rows[right, columns[key]])
            if order != 0 { return order < 0 }
        }
        return left < right
    }

    /// An insertion sort.
    private func sortFew(
        _ entries: inout ContiguousArray<Entry>, _ range: Range<Int>, _ rows: SavedRows, _ key: Int
    ) {
        for start in range.dropFirst() {
            var index = start
            while index > range.lowerBound, precedes(entries[index].row, entries[index - 1].row, rows, from: key) {
                entries.swapAt(index, index - 1)
                index -= 1
            }
        }
    }

    private func sortByValues(
        _ entries: inout ContiguousArray<Entry>, _ range: Range<Int>, _ rows: SavedRows, _ key: Int
    ) {
        let sorted = entries[range].sorted { precedes($0.row, $1.row, rows, from: key) }
        for (index, entry) in zip(range, sorted) { entries[index] = entry }
    }

    private static let fewRows = 24
    /// Texts that are the same in seven bytes are looked at from there on; after some such steps they are compared whole.
    private static let deepest = 6
}

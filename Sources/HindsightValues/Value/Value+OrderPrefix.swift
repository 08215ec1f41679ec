import HindsightKeyValue

/// A word that stands for a value in the total order of `Value.compare`: values that come first have smaller words or
/// equal ones. So most comparisons of a sort are comparisons of words.
@usableFromInline
package struct OrderPrefix: Sendable {
    @usableFromInline package var word: UInt64
    /// Values of this word that are exact, too, tie in the order.
    @usableFromInline package let isExact: Bool

    @inlinable
    package init(word: UInt64, isExact: Bool) {
        self.word = word
        self.isExact = isExact
    }
}

extension OrderPrefix {
    /// The words of present values lie between these two, which are free for absent ones.
    @inlinable package static var first: UInt64 { 0 }
    @inlinable package static var last: UInt64 { .max }
}

extension Value {
    /// The word that the value is ordered by: its rank in the four highest bits, then what tells most values of the rank
    /// apart. Zero for absent values.
    ///
    /// - Parameter skipped: bytes at the start of a text that all texts of the sort have in common.
    @inlinable
    package func orderPrefix(skipping skipped: Int = 0) -> OrderPrefix {
        switch self {
        case .int(let integer):
            OrderPrefix(word: OrderPrefix.word(2, float: Double(integer)), isExact: OrderPrefix.exactInts ~= integer)
        case .string(let text), .symbol(let text):
            OrderPrefix.text(RawSpan(_elements: text.utf8.span), skipping: skipped)
        default: otherOrderPrefix
        }
    }

    @usableFromInline
    var otherOrderPrefix: OrderPrefix {
        switch self {
        case .bool(let bool): OrderPrefix(word: OrderPrefix.word(1, bool ? 1 : 0), isExact: true)
        case .decimal, .float:
            OrderPrefix(word: OrderPrefix.word(2, float: NumericOrder.nearestDouble(self)), isExact: false)
        case .date(let date): OrderPrefix(word: OrderPrefix.word(3, OrderPrefix.bits(date)), isExact: true)
        case .time: OrderPrefix(word: OrderPrefix.word(4, 0), isExact: false)
        case .timestamp(let timestamp):
            OrderPrefix(word: OrderPrefix.word(5, OrderPrefix.bits(timestamp)), isExact: false)
        case .interval: OrderPrefix(word: OrderPrefix.word(6, 0), isExact: false)
        case .blob, .clob: OrderPrefix(word: OrderPrefix.word(8, 0), isExact: false)
        case .list, .sexp: OrderPrefix(word: OrderPrefix.word(9, 0), isExact: false)
        case .structure: OrderPrefix(word: OrderPrefix.word(10, 0), isExact: false)
        case .bag: OrderPrefix(word: OrderPrefix.word(11, 0), isExact: false)
        case .null, .missing: OrderPrefix(word: OrderPrefix.first, isExact: true)
        // Handled where they are inlined.
        case .int, .string, .symbol: orderPrefix()
        }
    }
}

extension OrderPrefix {
    /// The ints that a float's first 49 significant bits tell apart.
    @inlinable package static var exactInts: ClosedRange<Int64> { -(1 << 48)...1 << 48 }

    /// - Parameter content: below 2^60.
    @inlinable
    package static func word(_ rank: UInt64, _ content: UInt64) -> UInt64 {
        rank &<< 60 | content
    }

    /// The float's bits, turned so that they are ordered like floats, without the last four. NaN comes first.
    @inlinable
    package static func word(_ rank: UInt64, float: Double) -> UInt64 {
        if float.isNaN { return word(rank, 0) }
        let bits = float == 0 ? 0 : float.bitPattern
        let ordered = bits &>> 63 == 1 ? ~bits : bits | 1 &<< 63
        return word(rank, ordered &>> 4)
    }

    /// Seven bytes, and how many there are: eight stand for more.
    @inlinable
    package static func text(_ bytes: RawSpan, skipping skipped: Int) -> OrderPrefix {
        let count = Swift.min(bytes.byteCount &- skipped, 8)
        let content = (bytes.bigEndianWord(at: skipped) &>> 8) &<< 4 | UInt64(truncatingIfNeeded: count)
        return OrderPrefix(word: word(7, content), isExact: count < 8)
    }

    fileprivate static func bits(_ date: CalendarDate) -> UInt64 {
        UInt64(bitPattern: Int64(date.year) + 1 << 32) << 16 | UInt64(date.month) << 8 | UInt64(date.day)
    }

    /// Seconds from some moment before the first timestamp, and the higher bits of the nanoseconds.
    fileprivate static func bits(_ timestamp: Timestamp) -> UInt64 {
        let seconds = Swift.min(Swift.max(timestamp.seconds, -1 << 40), 1 << 42) + 1 << 40
        return UInt64(bitPattern: seconds) << 17 | UInt64(timestamp.nanoseconds >> 13)
    }
}

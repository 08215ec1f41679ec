import HindsightKeyValue

// Scalars as the document code has them.

extension DocumentWriter {
    mutating func appendNull() { bytes.append(Document.Tag.null) }

    mutating func append(_ bool: Bool) { bytes.append(bool ? Document.Tag.true : Document.Tag.false) }

    mutating func append(_ int: Int64) {
        if Document.smallInts.contains(int) {
            return bytes.append(UInt8(truncatingIfNeeded: int &+ Int64(Document.Tag.smallZero)))
        }
        // The sign takes a bit besides those of the magnitude.
        let bits = 65 - (int ^ int >> 63).leadingZeroBitCount
        let count = (bits + 7) >> 3
        bytes.append(Document.Tag.intBase + UInt8(truncatingIfNeeded: count))
        bytes.append(lowBytesOf: UInt64(bitPattern: int), count: count)
    }

    mutating func append(_ number: Number) {
        let coefficient = number.coefficient
        let count = (135 - coefficient.leadingZeroBitCount) >> 3
        bytes.append(
            (number.isNegative ? Document.Tag.negativeDecimal : Document.Tag.decimal)
                + UInt8(truncatingIfNeeded: count))
        if let short = Int8(exactly: number.exponent), short != Int8.min {
            bytes.append(UInt8(bitPattern: short))
        } else {
            bytes.append(Document.longExponentMark)
            bytes.append(lowBytesOf: UInt64(truncatingIfNeeded: number.exponent), count: 2)
        }
        bytes.append(lowBytesOf: number.low, count: min(count, 8))
        bytes.append(lowBytesOf: number.high, count: max(count - 8, 0))
    }

    mutating func append(_ float: Double) {
        bytes.append(Document.Tag.float)
        bytes.append(lowBytesOf: float.bitPattern, count: 8)
    }

    mutating func append(_ text: String) {
        appendStringHead(byteCount: text.utf8.count)
        bytes.append(RawSpan(_elements: text.utf8.span))
    }

    /// Appends tag and length of a string whose UTF-8 is to follow.
    mutating func appendStringHead(byteCount: Int) {
        if Document.shortLengths.contains(byteCount) {
            bytes.append(Document.Tag.shortString + UInt8(truncatingIfNeeded: byteCount))
        } else {
            appendHead(byteCount: byteCount, family: Document.Tag.string)
        }
    }

    mutating func append(symbol text: String) {
        appendHead(byteCount: text.utf8.count, family: Document.Tag.symbol)
        bytes.append(RawSpan(_elements: text.utf8.span))
    }

    /// Appends a blob or clob.
    mutating func append(octets: [UInt8], family: UInt8) {
        appendHead(byteCount: octets.count, family: family)
        bytes.append(octets.rawSpan)
    }

    private mutating func appendHead(byteCount: Int, family: UInt8) {
        let shift = byteCount < 1 << 8 ? 0 : byteCount < 1 << 16 ? 1 : 2
        bytes.append(family + UInt8(shift))
        bytes.append(lowBytesOf: UInt64(byteCount), count: 1 << shift)
    }

    // MARK: Time

    mutating func append(_ date: CalendarDate) {
        bytes.append(Document.Tag.date)
        bytes.append(lowBytesOf: UInt64(truncatingIfNeeded: date.year), count: 4)
        bytes.append(UInt8(truncatingIfNeeded: date.month))
        bytes.append(UInt8(truncatingIfNeeded: date.day))
    }

    mutating func append(_ time: TimeOfDay) {
        bytes.append(Document.Tag.time)
        bytes.append(lowBytesOf: UInt64(bitPattern: time.nanoseconds), count: 8)
        bytes.append(lowBytesOf: UInt64(truncatingIfNeeded: time.offsetMinutes ?? Document.noOffset), count: 2)
        bytes.append(time.fractionDigits)
    }

    mutating func append(_ timestamp: Timestamp) {
        let minutes =
            switch timestamp.zone {
            case .none: Document.noOffset
            case .unknown: Document.unknownOffset
            case .offset(let minutes): minutes
            }
        bytes.append(Document.Tag.timestamp)
        bytes.append(lowBytesOf: UInt64(bitPattern: timestamp.seconds), count: 8)
        bytes.append(lowBytesOf: UInt64(truncatingIfNeeded: timestamp.nanoseconds), count: 4)
        bytes.append(lowBytesOf: UInt64(truncatingIfNeeded: minutes), count: 2)
        bytes.append(timestamp.precision.rank)
    }

    mutating func append(_ interval: Interval) {
        bytes.append(Document.Tag.interval)
        bytes.append(interval.family == .yearMonth ? 0 : 1)
        bytes.append(lowBytesOf: UInt64(bitPattern: interval.amount), count: 8)
        bytes.append(lowBytesOf: UInt64(truncatingIfNeeded: interval.fraction), count: 4)
    }
}

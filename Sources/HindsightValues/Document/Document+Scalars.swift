import HindsightKeyValue

// Scalars in place: where they end, and what they are.

extension Document {
    /// The tag of the value at `offset`.
    @inline(__always)
    static func tag(at offset: Int, in document: RawSpan) throws(ValueError) -> UInt8 {
        guard offset >= 0, offset < document.byteCount else { throw .corruptDocument(offset: offset) }
        return document.byte(at: offset)
    }

    /// The kind of the value at `offset`.
    ///
    /// - Throws: `ValueError.corruptDocument`.
    package static func kind(at offset: Int, in document: RawSpan) throws(ValueError) -> ValueKind {
        let tag = try tag(at: offset, in: document)
        switch tag {
        case Tag.null: return .null
        case Tag.false, Tag.true: return .bool
        case Tag.float: return .float
        case Tag.ints, Tag.smallInts: return .int
        case Tag.decimals, Tag.negativeDecimals: return .decimal
        case Tag.date: return .date
        case Tag.time: return .time
        case Tag.timestamp: return .timestamp
        case Tag.interval: return .interval
        case Tag.shortStrings: return .string
        default:
            guard tag & 3 < 3, let kind = kind(ofFamily: Tag.family(of: tag)) else {
                throw .corruptDocument(offset: offset)
            }
            return kind
        }
    }

    private static func kind(ofFamily family: UInt8) -> ValueKind? {
        switch family {
        case Tag.string: .string
        case Tag.symbol: .symbol
        case Tag.blob: .blob
        case Tag.clob: .clob
        case Tag.list: .list
        case Tag.bag: .bag
        case Tag.sexp: .sexp
        case Tag.structure, Tag.repetitiveStructure: .structure
        default: nil
        }
    }

    /// The int at `offset`; nil if a value of another kind stands there.
    @inline(__always)
    static func int(at offset: Int, in document: RawSpan) throws(ValueError) -> Int64? {
        let tag = try tag(at: offset, in: document)
        if Tag.smallInts.contains(tag) { return Int64(tag) - Int64(Tag.smallZero) }
        guard Tag.ints.contains(tag) else { return nil }
        let count = Int(tag - Tag.intBase)
        guard offset &+ count < document.byteCount else { throw .corruptDocument(offset: offset) }
        return int(byteCount: count, at: offset &+ 1, in: document)
    }

    /// The int of `byteCount` bytes at `offset`, which lies in the document.
    @inline(__always)
    private static func int(byteCount: Int, at offset: Int, in document: RawSpan) -> Int64 {
        let unused = UInt64(truncatingIfNeeded: 64 &- 8 &* byteCount)
        return Int64(bitPattern: document.littleEndianWord(at: offset) &<< unused) &>> Int64(bitPattern: unused)
    }

    /// The octets of the string, symbol, blob or clob at `offset`; nil if a value of another kind stands there.
    @inline(__always)
    package static func octets(at offset: Int, in document: RawSpan) throws(ValueError) -> Range<Int>? {
        let tag = try tag(at: offset, in: document)
        let start: Int
        let length: Int
        if tag >= Tag.shortString {
            start = offset + 1
            length = Int(tag - Tag.shortString)
        } else {
            let shift = Int(tag & 3)
            guard Tag.sized.contains(tag), shift < 3 else { return nil }
            start = offset + 1 + (1 << shift)
            guard start <= document.byteCount else { throw .corruptDocument(offset: offset) }
            length = document.loadUnsigned(shift: shift, at: offset + 1)
        }
        guard document.contains(length, at: start) else { throw .corruptDocument(offset: offset) }
        return start..<start + length
    }

    /// The decimal at `offset`; nil if a value of another kind stands there.
    static func number(at offset: Int, in document: RawSpan) throws(ValueError) -> Number? {
        let tag = try tag(at: offset, in: document)
        let isNegative = Tag.negativeDecimals.contains(tag)
        guard isNegative || Tag.decimals.contains(tag) else { return nil }
        let byteCount = Int(tag - (isNegative ? Tag.negativeDecimal : Tag.decimal))
        let (exponent, start) = try exponent(at: offset + 1, in: document)
        guard document.contains(byteCount, at: start) else { throw .corruptDocument(offset: offset) }
        let coefficient = coefficient(byteCount: byteCount, at: start, in: document)
        guard coefficient < PowersOfTen.limit, coefficient != 0 || !isNegative,
            let number = try? Number.checked(coefficient, exponent: exponent, isNegative: isNegative),
            number.exponent == exponent
        else { throw .corruptDocument(offset: offset) }
        return number
    }

    /// The coefficient of 0 … 16 bytes at `offset`, which lies in the document.
    private static func coefficient(byteCount: Int, at offset: Int, in document: RawSpan) -> UInt128 {
        let low = document.littleEndianWord(at: offset) & lowBytes(byteCount)
        guard byteCount > 8 else { return UInt128(low) }
        return UInt128(document.littleEndianWord(at: offset + 8) & lowBytes(byteCount - 8)) << 64 | UInt128(low)
    }

    /// Ones in the lowest `count` bytes.
    private static func lowBytes(_ count: Int) -> UInt64 {
        count >= 8 ? .max : ~(.max << UInt64(8 * count))
    }

    /// The exponent of a decimal, and where its coefficient starts.
    private static func exponent(at offset: Int, in document: RawSpan) throws(ValueError) -> (Int, Int) {
        guard document.contains(1, at: offset) else { throw .corruptDocument(offset: offset) }
        let short = document.byte(at: offset)
        guard short == longExponentMark else { return (Int(Int8(bitPattern: short)), offset + 1) }
        guard document.contains(2, at: offset + 1) else { throw .corruptDocument(offset: offset) }
        return (Int(Int16(bitPattern: document.loadLittleEndian(UInt16.self, at: offset + 1))), offset + 3)
    }

    /// Where the value at `offset` ends, without looking into it.
    static func end(ofValueAt offset: Int, in document: RawSpan) throws(ValueError) -> Int {
        if let octets = try octets(at: offset, in: document) { return octets.upperBound }
        if let container = try Container(at: offset, in: document) { return container.end }
        let length = try length(ofScalarAt: offset, in: document)
        guard document.contains(length, at: offset) else { throw .corruptDocument(offset: offset) }
        return offset + length
    }

    /// How many bytes the scalar at `offset` has, if it is not text or octets.
    private static func length(ofScalarAt offset: Int, in document: RawSpan) throws(ValueError) -> Int {
        let tag = try tag(at: offset, in: document)
        switch tag {
        case Tag.null, Tag.false, Tag.true, Tag.smallInts: return 1
        case Tag.float: return 9
        case Tag.ints: return 1 + Int(tag - Tag.intBase)
        case Tag.decimals: return try exponent(at: offset + 1, in: document).1 - offset + Int(tag - Tag.decimal)
        case Tag.negativeDecimals:
            return try exponent(at: offset + 1, in: document).1 - offset + Int(tag - Tag.negativeDecimal)
        case Tag.date: return 7
        case Tag.time: return 12
        case Tag.timestamp: return 16
        case Tag.interval: return 14
        default: throw .corruptDocument(offset: offset)
        }
    }
}

import HindsightKeyValue

// Values out of a document. Containers are read in written order, element behind element, so that the work is linear in
// the bytes whatever their directories say.

extension Document {
    /// The value at `offset`, which `locate` found.
    ///
    /// - Throws: `ValueError.corruptDocument`.
    package static func value(at offset: Int, in document: RawSpan) throws(ValueError) -> Value {
        var offset = offset
        return try value(at: &offset, level: 1, in: document)
    }

    /// The whole item, its attributes in written order.
    ///
    /// - Throws: `ValueError.corruptDocument`.
    package static func structure(in document: RawSpan) throws(ValueError) -> Structure {
        try structure(try item(in: document), level: 0, in: document)
    }

    /// The item's head.
    static func item(in document: RawSpan) throws(ValueError) -> Container {
        guard document.byteCount > itemOffset, document.byte(at: 0) == formatVersion,
            let item = try Container(at: itemOffset, in: document), item.family == Tag.structure
        else { throw .corruptDocument(offset: 0) }
        return item
    }

    /// The value at `offset`, which moves behind it. `level` counts the containers around the value, the item included.
    static func value(at offset: inout Int, level: Int, in document: RawSpan) throws(ValueError) -> Value {
        let start = offset
        let tag = try tag(at: start, in: document)
        if Tag.smallInts.contains(tag) {
            offset = start &+ 1
            return .int(Int64(tag) &- Int64(Tag.smallZero))
        }
        if let octets = try octets(at: start, in: document) {
            offset = octets.upperBound
            return try octetValue(octets, tag: tag, in: document)
        }
        if let int = try int(at: start, in: document) {
            offset = start &+ 1 &+ Int(tag &- Tag.intBase)
            return .int(int)
        }
        if let container = try Container(at: start, in: document) {
            offset = container.end
            return try containerValue(container, level: level, in: document)
        }
        offset = try end(ofValueAt: start, in: document)
        return try scalar(at: start, in: document)
    }

    // MARK: Scalars

    @inline(__always)
    private static func octetValue(
        _ octets: Range<Int>, tag: UInt8, in document: RawSpan
    ) throws(ValueError) -> Value {
        switch tag < Tag.shortString ? Tag.family(of: tag) : Tag.string {
        case Tag.blob: return .blob(document.array(in: octets))
        case Tag.clob: return .clob(document.array(in: octets))
        case let family:
            guard let text = document.string(in: octets) else { throw .corruptDocument(offset: octets.lowerBound) }
            return family == Tag.symbol ? .symbol(text) : .string(text)
        }
    }

    /// A scalar that is no int, text or octets.
    ///
    /// - Precondition: it lies in the document.
    private static func scalar(at offset: Int, in document: RawSpan) throws(ValueError) -> Value {
        if let number = try number(at: offset, in: document) { return .decimal(number) }
        switch document.byte(at: offset) {
        case Tag.null: return .null
        case Tag.false: return .bool(false)
        case Tag.true: return .bool(true)
        case Tag.float: return .float(Double(bitPattern: document.loadLittleEndian(UInt64.self, at: offset + 1)))
        default:
            guard let time = time(at: offset, in: document) else { throw .corruptDocument(offset: offset) }
            return time
        }
    }

    /// A value of the kinds of time; nil if its parts are out of range.
    private static func time(at offset: Int, in document: RawSpan) -> Value? {
        switch document.byte(at: offset) {
        case Tag.date:
            CalendarDate(
                year: Int(document.loadLittleEndian(Int32.self, at: offset + 1)),
                month: Int(document.byte(at: offset + 5)), day: Int(document.byte(at: offset + 6))
            ).map(Value.date)
        case Tag.time: timeOfDay(at: offset, in: document).map(Value.time)
        case Tag.timestamp: timestamp(at: offset, in: document).map(Value.timestamp)
        case Tag.interval: interval(at: offset, in: document).map(Value.interval)
        default: nil
        }
    }

    private static func timeOfDay(at offset: Int, in document: RawSpan) -> TimeOfDay? {
        let nanoseconds = document.loadLittleEndian(Int64.self, at: offset + 1)
        let minutes = document.loadLittleEndian(Int16.self, at: offset + 9)
        let digits = document.byte(at: offset + 11)
        guard (0..<TimeOfDay.nanosecondsPerDay).contains(nanoseconds), digits <= 9,
            minutes == noOffset || TimeOfDay.offsetRange.contains(Int(minutes))
        else { return nil }
        return TimeOfDay(
            uncheckedNanoseconds: nanoseconds, offsetMinutes: minutes == noOffset ? nil : minutes,
            fractionDigits: digits)
    }

    private static func timestamp(at offset: Int, in document: RawSpan) -> Timestamp? {
        let minutes = document.loadLittleEndian(Int16.self, at: offset + 13)
        let zone: Timestamp.Zone =
            switch minutes {
            case noOffset: .none
            case unknownOffset: .unknown
            default: .offset(minutes: minutes)
            }
        let rank = document.byte(at: offset + 15)
        guard rank <= Timestamp.Precision.fraction(digits: 9).rank else { return nil }
        return try? Timestamp(
            seconds: document.loadLittleEndian(Int64.self, at: offset + 1),
            nanoseconds: document.loadLittleEndian(Int32.self, at: offset + 9), zone: zone,
            precision: Timestamp.Precision(rank: rank))
    }

    private static func interval(at offset: Int, in document: RawSpan) -> Interval? {
        let family = document.byte(at: offset + 1)
        let fraction = document.loadLittleEndian(Int32.self, at: offset + 10)
        guard family <= 1, (0...(family == 0 ? 0 : 999_999_999)).contains(fraction) else { return nil }
        return Interval(
            uncheckedFamily: family == 0 ? .yearMonth : .dayTime,
            amount: document.loadLittleEndian(Int64.self, at: offset + 2), fraction: fraction)
    }

    // MARK: Containers

    private static func containerValue(
        _ container: Container, level: Int, in document: RawSpan
    ) throws(ValueError) -> Value {
        guard level < maximumNesting || container.count == 0 else { throw .corruptDocument(offset: container.start) }
        switch container.family {
        case Tag.list: return .list(try elements(container, level: level + 1, in: document))
        case Tag.bag: return .bag(try elements(container, level: level + 1, in: document))
        case Tag.sexp: return .sexp(try elements(container, level: level + 1, in: document))
        default: return .structure(try structure(container, level: level + 1, in: document))
        }
    }

    private static func elements(_ container: Container, level: Int, in document: RawSpan) throws(ValueError) -> [Value]
    {
        var elements: [Value] = []
        elements.reserveCapacity(container.count)
        var offset = container.elements
        for _ in 0..<container.count {
            elements.append(try value(at: &offset, level: level, in: document))
            guard offset <= container.end else { throw .corruptDocument(offset: offset) }
        }
        return elements
    }

    private static func structure(
        _ container: Container, level: Int, in document: RawSpan
    ) throws(ValueError) -> Structure {
        var structure = Structure()
        structure.reserveCapacity(container.count)
        var offset = container.elements
        for _ in 0..<container.count {
            let name = try name(ofField: offset, before: container.end, in: document)
            guard let text = document.string(in: name) else { throw .corruptDocument(offset: offset) }
            offset = name.upperBound
            structure.append(text, try value(at: &offset, level: level, in: document))
            guard offset <= container.end else { throw .corruptDocument(offset: offset) }
        }
        return structure
    }
}

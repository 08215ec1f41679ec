import HindsightKeyValue

/// The row code: values of any kind one behind the other, for rows that leave memory for a while. Never stored longer
/// than a statement runs, and therefore without a version.
///
/// Scalars are those of the document code. Added are MISSING and collections that are read from front to back, which
/// keep what documents refuse (MISSING elements, empty names) and have no limit of nesting:
///
///     tag       value
///     04        MISSING
///     74        list: count, 4 bytes little-endian; the elements
///     75        bag    76  S-expression, likewise
///     77        struct: count, 4 bytes; for each attribute the length of its name, 4 bytes, the name, and the value
package enum RowCode {
    fileprivate static let missing: UInt8 = 0x04
    fileprivate static let list: UInt8 = 0x74
    fileprivate static let bag: UInt8 = 0x75
    fileprivate static let sexp: UInt8 = 0x76
    fileprivate static let structure: UInt8 = 0x77

    /// Bytes of a count or a length.
    fileprivate static let countBytes = 4

    /// The value at `offset`, which moves behind it.
    ///
    /// - Throws: `ValueError.corruptDocument`.
    @inline(__always)
    package static func value(at offset: inout Int, in bytes: RawSpan) throws(ValueError) -> Value {
        let tag = try Document.tag(at: offset, in: bytes)
        switch tag {
        case missing:
            offset += 1
            return .missing
        case list...structure: return try collection(tag, at: &offset, in: bytes)
        default: return try Document.value(at: &offset, level: 1, in: bytes)
        }
    }

    private static func collection(
        _ tag: UInt8, at offset: inout Int, in bytes: RawSpan
    ) throws(ValueError) -> Value {
        offset += 1
        switch tag {
        case list: return .list(try elements(at: &offset, in: bytes))
        case bag: return .bag(try elements(at: &offset, in: bytes))
        case sexp: return .sexp(try elements(at: &offset, in: bytes))
        default: return .structure(try fields(at: &offset, in: bytes))
        }
    }

    private static func elements(at offset: inout Int, in bytes: RawSpan) throws(ValueError) -> [Value] {
        let count = try count(at: &offset, in: bytes)
        var elements: [Value] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try value(at: &offset, in: bytes)) }
        return elements
    }

    private static func fields(at offset: inout Int, in bytes: RawSpan) throws(ValueError) -> Structure {
        let count = try count(at: &offset, in: bytes)
        var structure = Structure()
        structure.reserveCapacity(count)
        for _ in 0..<count {
            let start = offset
            let length = try self.count(at: &offset, in: bytes)
            guard let name = bytes.string(in: offset..<offset + length) else { throw .corruptDocument(offset: start) }
            offset += length
            structure.append(name, try value(at: &offset, in: bytes))
        }
        return structure
    }

    /// A count of things that take at least a byte each, so that it cannot be larger than what follows.
    private static func count(at offset: inout Int, in bytes: RawSpan) throws(ValueError) -> Int {
        guard bytes.contains(countBytes, at: offset) else { throw .corruptDocument(offset: offset) }
        let count = Int(bytes.loadLittleEndian(UInt32.self, at: offset))
        guard bytes.contains(count, at: offset + countBytes) else { throw .corruptDocument(offset: offset) }
        offset += countBytes
        return count
    }
}

/// Turns rows into the row code. An encoder that is kept reuses its memory.
package struct RowEncoder: ~Copyable {
    private var writer = DocumentWriter()

    package init() {}

    package var byteCount: Int { writer.bytes.count }

    /// Shows the bytes so far to `body`.
    package func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try body(writer.bytes.bytes)
    }

    /// Forgets the bytes and keeps their memory.
    package mutating func removeAll() {
        writer.bytes.removeAll()
    }

    package mutating func append(_ value: Value) {
        switch value {
        case .missing: writer.bytes.append(RowCode.missing)
        case .null: writer.appendNull()
        case .bool(let bool): writer.append(bool)
        case .int(let int): writer.append(int)
        case .decimal(let number): writer.append(number)
        case .float(let float): writer.append(float)
        case .string(let text): writer.append(text)
        case .symbol(let text): writer.append(symbol: text)
        case .timestamp(let timestamp): writer.append(timestamp)
        case .date(let date): writer.append(date)
        case .time(let time): writer.append(time)
        case .interval(let interval): writer.append(interval)
        case .blob(let octets): writer.append(octets: octets, family: Document.Tag.blob)
        case .clob(let octets): writer.append(octets: octets, family: Document.Tag.clob)
        case .list(let elements): append(elements, tag: RowCode.list)
        case .bag(let elements): append(elements, tag: RowCode.bag)
        case .sexp(let elements): append(elements, tag: RowCode.sexp)
        case .structure(let structure): append(structure)
        }
    }

    private mutating func append(_ elements: [Value], tag: UInt8) {
        writer.bytes.append(tag)
        append(count: elements.count)
        for element in elements { append(element) }
    }

    private mutating func append(_ structure: Structure) {
        writer.bytes.append(RowCode.structure)
        append(count: structure.count)
        for field in structure.fields {
            append(count: field.name.utf8.count)
            writer.bytes.append(RawSpan(_elements: field.name.utf8.span))
            append(field.value)
        }
    }

    private mutating func append(count: Int) {
        writer.bytes.append(lowBytesOf: UInt64(count), count: RowCode.countBytes)
    }
}

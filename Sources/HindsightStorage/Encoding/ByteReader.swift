import HindsightKeyValue

/// Reads the packed integers and byte strings of stored values from the front, refusing to run over the end.
struct ByteReader: ~Escapable {
    let bytes: RawSpan
    private(set) var offset: Int

    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, at offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    var isAtEnd: Bool { offset >= bytes.byteCount }

    /// Whether nothing but a seal can follow.
    var isAtSeal: Bool { bytes.byteCount - offset <= sealLength }

    private var sealLength: Int { 4 }

    @_lifetime(self: copy self)
    mutating func byte() throws(MalformedBytes) -> UInt8 {
        guard offset < bytes.byteCount else { throw MalformedBytes() }
        offset += 1
        return bytes.byte(at: offset - 1)
    }

    /// A packed integer of at most 64 bits.
    @_lifetime(self: copy self)
    mutating func integer() throws(MalformedBytes) -> UInt64 {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || next <= 1 else { throw MalformedBytes() }
            result |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return result }
            shift += 7
        }
    }

    @_lifetime(self: copy self)
    mutating func integer<Narrow: FixedWidthInteger>(as type: Narrow.Type) throws(MalformedBytes) -> Narrow {
        guard let narrow = Narrow(exactly: try integer()) else { throw MalformedBytes() }
        return narrow
    }

    /// The range of the next `count` bytes, which are passed over.
    @_lifetime(self: copy self)
    mutating func range(count: Int) throws(MalformedBytes) -> Range<Int> {
        guard count >= 0, count <= bytes.byteCount - offset else { throw MalformedBytes() }
        defer { offset += count }
        return offset..<offset + count
    }

    /// The range of a byte string that its length stands before.
    @_lifetime(self: copy self)
    mutating func countedRange() throws(MalformedBytes) -> Range<Int> {
        let count = try integer(as: Int.self)
        return try range(count: count)
    }

    /// The checksum of all bytes before it, behind which nothing follows.
    @_lifetime(self: copy self)
    mutating func seal() throws(MalformedBytes) {
        let range = try range(count: sealLength)
        let checksum = bytes.extracting(0..<range.lowerBound).checksum32
        guard isAtEnd, bytes.loadLittleEndian(UInt32.self, at: range.lowerBound) == checksum else {
            throw MalformedBytes()
        }
    }

    @_lifetime(self: copy self)
    mutating func fixed64() throws(MalformedBytes) -> UInt64 {
        let range = try range(count: 8)
        return bytes.loadLittleEndian(UInt64.self, at: range.lowerBound)
    }

    @_lifetime(self: copy self)
    mutating func text() throws(MalformedBytes) -> String {
        let range = try countedRange()
        guard let text = bytes.string(in: range) else { throw MalformedBytes() }
        return text
    }
}

/// Stored bytes that end too early or say what cannot be. Whoever knows the key turns it into `StorageError.corrupt`.
struct MalformedBytes: Error {}

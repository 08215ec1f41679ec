import HindsightKeyValue

/// Reads the components of a key one after the other. Any bytes may be given; what is no key throws.
struct KeyReader: ~Escapable {
    private let key: RawSpan
    /// Where the next component starts.
    private(set) var offset = 0

    @_lifetime(copy key)
    init(_ key: RawSpan) {
        self.key = key
    }

    var isAtEnd: Bool { offset == key.byteCount }

    /// The tag of the next component; nil at the end.
    var nextTag: UInt8? { isAtEnd ? nil : key.byte(at: offset) }

    /// Reads a component. After an error the reader stands where the component began.
    ///
    /// - Throws: `ValueError.corruptKey`.
    @_lifetime(self: copy self)
    mutating func next() throws(ValueError) -> Value {
        let start = offset
        do {
            return try component()
        } catch {
            offset = start
            throw error
        }
    }

    @_lifetime(self: copy self)
    private mutating func component() throws(ValueError) -> Value {
        let start = offset
        let tag = try byte()
        switch tag {
        case KeyCode.Tag.null: return .null
        case KeyCode.Tag.false: return .bool(false)
        case KeyCode.Tag.true: return .bool(true)
        case KeyCode.Tag.zero: return .int(0)
        case KeyCode.Tag.positives: return try number(tag: tag, mask: 0, start: start)
        case KeyCode.Tag.negatives: return try number(tag: 2 * KeyCode.Tag.zero - tag, mask: 0xFF, start: start)
        case KeyCode.Tag.timestamp: return .timestamp(try timestamp())
        case KeyCode.Tag.text: return .string(try text())
        case KeyCode.Tag.binary: return .blob(try escapedBytes())
        default: throw .corruptKey(offset: start)
        }
    }

    @_lifetime(self: copy self)
    private mutating func byte() throws(ValueError) -> UInt8 {
        guard offset < key.byteCount else { throw .corruptKey(offset: offset) }
        defer { offset += 1 }
        return key.byte(at: offset)
    }

    // MARK: Text and binary

    @_lifetime(self: copy self)
    private mutating func text() throws(ValueError) -> String {
        let start = offset
        guard let text = String(validating: try escapedBytes(), as: UTF8.self) else {
            throw .corruptKey(offset: start)
        }
        return text
    }

    @_lifetime(self: copy self)
    private mutating func escapedBytes() throws(ValueError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            switch try byte() {
            case KeyCode.terminator: return bytes
            case KeyCode.escape:
                let standIn = try byte()
                guard standIn == 1 || standIn == 2 else { throw .corruptKey(offset: offset - 1) }
                bytes.append(standIn - 1)
            case let plain: bytes.append(plain)
            }
        }
    }

    // MARK: Timestamps

    @_lifetime(self: copy self)
    private mutating func timestamp() throws(ValueError) -> Timestamp {
        let start = offset
        let seconds = Int64(bitPattern: try bigEndian(bytes: 8) ^ 1 << 63)
        let nanoseconds = try bigEndian(bytes: 4)
        guard nanoseconds < 1_000_000_000 else { throw .corruptKey(offset: start + 8) }
        return Timestamp(
            uncheckedSeconds: seconds, nanoseconds: Int32(nanoseconds), zone: .utc,
            precision: .fraction(digits: Self.fractionDigits(nanoseconds)))
    }

    /// How many digits after the seconds it takes to write `nanoseconds` exactly.
    private static func fractionDigits(_ nanoseconds: UInt64) -> Int {
        guard nanoseconds != 0 else { return 0 }
        var digits = 9
        var rest = nanoseconds
        while rest % 10 == 0 {
            rest /= 10
            digits -= 1
        }
        return digits
    }

    @_lifetime(self: copy self)
    private mutating func bigEndian(bytes count: Int) throws(ValueError) -> UInt64 {
        var integer: UInt64 = 0
        for _ in 0..<count {
            integer = integer << 8 | UInt64(try byte())
        }
        return integer
    }

    // MARK: Numbers

    /// Reads what follows the tag of a number above zero, or the complement of it.
    @_lifetime(self: copy self)
    private mutating func number(tag: UInt8, mask: UInt8, start: Int) throws(ValueError) -> Value {
        let exponent = try exponent(tag: tag, mask: mask)
        var magnitude: UInt128 = 0
        var count = 1
        var digit = try byte() ^ mask
        guard digit > 1 else { throw .corruptKey(offset: start) }
        while digit & 1 == 1 {
            guard digit < 200, count < 20 else { throw .corruptKey(offset: start) }
            magnitude = magnitude * 100 + UInt128(digit >> 1)
            digit = try byte() ^ mask
            count += 1
        }
        guard digit > 0, digit < 200 else { throw .corruptKey(offset: start) }
        guard
            let value = Self.number(
                leading: magnitude, last: digit >> 1, scale: exponent - count, isNegative: mask != 0)
        else { throw .corruptKey(offset: start) }
        return value
    }

    @_lifetime(self: copy self)
    private mutating func exponent(tag: UInt8, mask: UInt8) throws(ValueError) -> Int {
        let inTag = Int(tag) - Int(KeyCode.Tag.zero) - 2
        guard !KeyCode.exponentsInTag.contains(inTag) else { return inTag }
        let byte = Int(try byte() ^ mask)
        let isInRange = inTag < 0 ? (64...127).contains(byte) : (11...63).contains(byte)
        guard isInRange else { throw .corruptKey(offset: offset - 1) }
        return inTag < 0 ? byte - 128 : byte
    }

    /// (leading × 100 + last) × 100^scale: an int where it fits, else a decimal without zeros at its end; nil if it has
    /// more than 38 digits.
    private static func number(leading: UInt128, last: UInt8, scale: Int, isNegative: Bool) -> Value? {
        let isTens = last % 10 == 0
        let (shifted, overflow) = leading.multipliedReportingOverflow(by: isTens ? 10 : 100)
        guard !overflow else { return nil }
        let coefficient = shifted + UInt128(isTens ? last / 10 : last)
        let exponent = 2 * scale + (isTens ? 1 : 0)
        guard coefficient < PowersOfTen.limit else { return nil }
        return integer(coefficient, exponent: exponent, isNegative: isNegative).map(Value.int)
            ?? .decimal(Number(uncheckedCoefficient: coefficient, exponent: exponent, isNegative: isNegative))
    }

    private static func integer(_ coefficient: UInt128, exponent: Int, isNegative: Bool) -> Int64? {
        guard exponent >= 0, exponent < 19 else { return nil }
        var magnitude = coefficient
        for _ in 0..<exponent where magnitude <= UInt64.max {
            magnitude *= 10
        }
        guard magnitude <= UInt64.max else { return nil }
        return isNegative ? Int64(exactly: -Int128(magnitude)) : Int64(exactly: magnitude)
    }
}

extension KeyCode {
    /// The components of `key`. Numbers come back as ints where they fit, else as decimals without zeros at their end;
    /// symbols as strings, timestamps in UTC.
    ///
    /// - Throws: `ValueError.corruptKey` if the bytes are no key, or one that was cut for storing.
    package static func decode(_ key: RawSpan) throws(ValueError) -> [Value] {
        var reader = KeyReader(key)
        var components: [Value] = []
        while !reader.isAtEnd {
            components.append(try reader.next())
        }
        return components
    }
}

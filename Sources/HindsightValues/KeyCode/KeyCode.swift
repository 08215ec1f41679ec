import HindsightKeyValue

/// The key code: values as bytes whose `memcmp` order is the order of the values.
///
/// A key is one or more *components* behind each other, such as a partition key and a sort key. A component says itself
/// where it ends and is never the beginning of another one, so all keys of a partition begin with the partition's
/// component, and nothing else does.
///
///     component    bytes
///     ---------    -----
///     NULL         05
///     false        06
///     true         07
///     number < 0   10 … 1C   the complement of the positive number's bytes, the tag mirrored: 3A - tag
///     0            1D
///     number > 0   1E … 2A   tag, then perhaps an exponent byte, then digits to base 100
///     timestamp    30        seconds since 1970 plus 2^63, 8 bytes big-endian; nanoseconds, 4 bytes big-endian
///     text         40        UTF-8, escaped; 00
///     binary       48        bytes, escaped; 00
///
/// The tags stand in the order of the kinds, so that any two components compare rightly.
///
/// **Numbers.** An int, a decimal and a float of one mathematical value have the same bytes. A number above zero is
/// 0.d₁d₂… × 100^e with digits d to the base 100 and d₁ > 0. The last digit is not 0, so the form is unique; it has at
/// most 20 digits, and e is in -64 … 63 for 1E-130 … 9.99E+125.
///
///     e              tag       exponent byte
///     -64 … -1       1E        e + 128
///     0 … 10         1F + e    none
///     11 … 63        2A        e
///
/// A digit is the byte 2d + 1, the last one 2d: of two numbers that agree up to there, the shorter one is smaller.
/// 1…99 take two bytes, 101…9999 three, 12.5 three, and 38 digits at most 22.
///
/// **Text and binary.** Bytes above 01 stand for themselves; 00 is written 01 01 and 01 is written 01 02. The end is 00,
/// which is below all of them: "a" < "a\0" < "a\u{1}" < "aa". (Escaping 00 alone and ending in 00, as others do, lets
/// "a" 00 be the beginning of "a\0" 00 FF 00, and then a partition's prefix would also match its neighbours.)
///
/// **Long keys** are cut for storing: see `storedKey(_:)`.
///
/// Dates, times of day, intervals, clobs and collections have no key code; DynamoDB allows text, numbers and binary in keys,
/// and the other kinds are there for indexes to come.
package enum KeyCode {
    enum Tag {
        static let null: UInt8 = 0x05
        static let `false`: UInt8 = 0x06
        static let `true`: UInt8 = 0x07
        static let zero: UInt8 = 0x1D
        static let timestamp: UInt8 = 0x30
        static let text: UInt8 = 0x40
        static let binary: UInt8 = 0x48

        static let booleans: ClosedRange<UInt8> = 0x06...0x07
        static let numbers: ClosedRange<UInt8> = 0x10...0x2A
        static let positives: ClosedRange<UInt8> = 0x1E...0x2A
        static let negatives: ClosedRange<UInt8> = 0x10...0x1C

        /// The tags of the kind that `tag` belongs to; nil if no component starts with it.
        static func kind(of tag: UInt8) -> ClosedRange<UInt8>? {
            switch tag {
            case booleans: booleans
            case numbers: numbers
            case null, timestamp, text, binary: tag...tag
            default: nil
            }
        }
    }

    /// The bytes of the key with these components.
    ///
    /// - Throws: `ValueError.notAKey` for a value that has no key code, a number error for a float that is no `Number`.
    package static func encode(_ components: [Value]) throws(ValueError) -> [UInt8] {
        var key: [UInt8] = []
        for component in components {
            try append(component, to: &key)
        }
        return key
    }

    /// Appends `component` to `key`.
    ///
    /// - Throws: As `encode(_:)`; the key is unchanged then.
    package static func append(_ component: Value, to key: inout [UInt8]) throws(ValueError) {
        switch component {
        case .null: key.append(Tag.null)
        case .bool(let value): key.append(value ? Tag.true : Tag.false)
        case .int(let value): append(value, to: &key)
        case .decimal(let value): append(value, to: &key)
        case .float(let value): append(try Number(value), to: &key)
        case .timestamp(let value): append(value, to: &key)
        case .string(let value), .symbol(let value): append(text: RawSpan(_elements: value.utf8.span), to: &key)
        case .blob(let bytes): append(binary: bytes.rawSpan, to: &key)
        case .missing, .date, .time, .interval, .clob, .list, .bag, .sexp, .structure: throw .notAKey(component.kind)
        }
    }

    private static func append(_ timestamp: Timestamp, to key: inout [UInt8]) {
        key.append(Tag.timestamp)
        appendBigEndian(UInt64(bitPattern: timestamp.seconds) ^ 1 << 63, to: &key)
        appendBigEndian(UInt32(bitPattern: timestamp.nanoseconds), to: &key)
    }

    static func appendBigEndian<Integer: FixedWidthInteger>(_ integer: Integer, to key: inout [UInt8]) {
        for shift in stride(from: Integer.bitWidth - 8, through: 0, by: -8) {
            key.append(UInt8(truncatingIfNeeded: integer >> Integer(shift)))
        }
    }
}

/// Single scalars in UTF-8.
enum UTF8Sequence {
    /// The length of the well-formed sequence of two to four bytes at `position`; 0 if there is none.
    ///
    /// The second byte's range depends on the first, which excludes overlong forms, surrogates, and what lies beyond
    /// U+10FFFF (The Unicode Standard, table 3-7).
    static func length(in bytes: Span<UInt8>, at position: Int) -> Int {
        let lead = bytes[position]
        let count: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: count = 2
        case 0xE0...0xEF:
            count = 3
            if lead == 0xE0 { second = 0xA0...0xBF }
            if lead == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            count = 4
            if lead == 0xF0 { second = 0x90...0xBF }
            if lead == 0xF4 { second = 0x80...0x8F }
        default: return 0
        }
        guard position + count <= bytes.count, second.contains(bytes[position + 1]) else { return 0 }
        for index in position + 2..<position + count where bytes[index] & 0xC0 != 0x80 { return 0 }
        return count
    }

    /// Appends a scalar, which must not be a surrogate.
    static func append(_ scalar: UInt32, to buffer: inout [UInt8]) {
        switch scalar {
        case 0..<0x80: buffer.append(UInt8(scalar))
        case 0x80..<0x800:
            buffer.append(0xC0 | UInt8(scalar >> 6))
            buffer.append(continuation(scalar))
        case 0x800..<0x10000:
            buffer.append(0xE0 | UInt8(scalar >> 12))
            buffer.append(continuation(scalar >> 6))
            buffer.append(continuation(scalar))
        default:
            buffer.append(0xF0 | UInt8(scalar >> 18 & 0x07))
            buffer.append(continuation(scalar >> 12))
            buffer.append(continuation(scalar >> 6))
            buffer.append(continuation(scalar))
        }
    }

    private static func continuation(_ bits: UInt32) -> UInt8 {
        0x80 | UInt8(bits & 0x3F)
    }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit.
    var hexadecimalDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

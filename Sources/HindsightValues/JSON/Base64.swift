/// Base64 (RFC 4648, section 4): with padding, without line breaks, nothing else accepted.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Appends the text of `octets`.
    package static func append(_ octets: [UInt8], to text: inout [UInt8]) {
        text.reserveCapacity(text.count + (octets.count + 2) / 3 * 4)
        var index = 0
        while index < octets.count {
            let taken = min(3, octets.count - index)
            var group = UInt32(octets[index]) << 16
            if taken > 1 { group |= UInt32(octets[index + 1]) << 8 }
            if taken > 2 { group |= UInt32(octets[index + 2]) }
            for place in 0..<4 {
                let digit = Int(group >> UInt32(18 - 6 * place) & 0x3F)
                text.append(place <= taken ? alphabet[digit] : UInt8(ascii: "="))
            }
            index += taken
        }
    }

    /// Reads the whole of `text`.
    ///
    /// - Throws: `invalidBase64` with the offset of the first byte that does not belong, or of the end if something is
    ///   missing there. Bits that no octet uses must be zero.
    package static func decode(_ text: Span<UInt8>) throws(ValueError) -> [UInt8] {
        let padding = paddingCount(text)
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count / 4 * 3)
        var group: UInt32 = 0
        for index in 0..<text.count - padding {
            guard let digit = digit(text[index]) else { throw .invalidBase64(offset: index) }
            group = group << 6 | digit
            if index & 3 == 3 {
                octets.append(UInt8(group >> 16))
                octets.append(UInt8(group >> 8 & 0xFF))
                octets.append(UInt8(group & 0xFF))
                group = 0
            }
        }
        guard text.count & 3 == 0 else { throw .invalidBase64(offset: text.count) }
        try finish(group, padding: padding, end: text.count - padding, &octets)
        return octets
    }

    /// Takes the octets of a last group of two or three digits.
    private static func finish(
        _ group: UInt32, padding: Int, end: Int, _ octets: inout [UInt8]
    ) throws(ValueError) {
        let unused: UInt32 = padding == 2 ? 0xF : padding == 1 ? 0x3 : 0
        guard group & unused == 0 else { throw .invalidBase64(offset: end - 1) }
        if padding == 2 { octets.append(UInt8(group >> 4)) }
        if padding == 1 {
            octets.append(UInt8(group >> 10))
            octets.append(UInt8(group >> 2 & 0xFF))
        }
    }

    private static func paddingCount(_ text: Span<UInt8>) -> Int {
        guard text.count >= 4, text[text.count - 1] == UInt8(ascii: "=") else { return 0 }
        return text[text.count - 2] == UInt8(ascii: "=") ? 2 : 1
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}

import HindsightKeyValue

extension KeyCode {
    /// The end of a text or binary component.
    static let terminator: UInt8 = 0x00
    /// Stands before the stand-in of a byte that it or the terminator would be mistaken for.
    static let escape: UInt8 = 0x01

    /// Appends a text component of these UTF-8 bytes.
    static func append(text bytes: RawSpan, to key: inout [UInt8]) {
        key.append(Tag.text)
        appendEscaped(bytes, to: &key)
        key.append(terminator)
    }

    /// Appends a binary component.
    static func append(binary bytes: RawSpan, to key: inout [UInt8]) {
        key.append(Tag.binary)
        appendEscaped(bytes, to: &key)
        key.append(terminator)
    }

    /// Appends `bytes` without tag and terminator, as the beginning of a component stands.
    static func appendEscaped(_ bytes: RawSpan, to key: inout [UInt8]) {
        guard needsEscapes(bytes) else { return key.append(bytes) }
        for offset in 0..<bytes.byteCount {
            let byte = bytes.byte(at: offset)
            if byte <= escape {
                key.append(escape)
                key.append(byte + 1)
            } else {
                key.append(byte)
            }
        }
    }

    /// Whether any of the bytes is 00 or 01, which is rare in text.
    private static func needsEscapes(_ bytes: RawSpan) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var offset = 0
        while offset + 8 <= bytes.byteCount {
            let word = bytes.loadLittleEndian(UInt64.self, at: offset)
            // A byte below 2 borrows into its highest bit ("Bit Twiddling Hacks", Anderson: hasless).
            if (word &- 2 &* ones) & ~word & (0x80 &* ones) != 0 { return true }
            offset += 8
        }
        while offset < bytes.byteCount {
            if bytes.byte(at: offset) <= escape { return true }
            offset += 1
        }
        return false
    }
}

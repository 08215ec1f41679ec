extension KeyCode {
    /// The end of a text or binary component.
    static let terminator: UInt8 = 0x00
    /// Stands before the stand-in of a byte that it or the terminator would be mistaken for.
    static let escape: UInt8 = 0x01

    /// Appends a text component of these UTF-8 bytes.
    static func append(text bytes: some Sequence<UInt8>, to key: inout [UInt8]) {
        key.append(Tag.text)
        appendEscaped(bytes, to: &key)
        key.append(terminator)
    }

    /// Appends a binary component.
    static func append(binary bytes: some Sequence<UInt8>, to key: inout [UInt8]) {
        key.append(Tag.binary)
        appendEscaped(bytes, to: &key)
        key.append(terminator)
    }

    /// Appends `bytes` without tag and terminator, as the beginning of a component stands.
    static func appendEscaped(_ bytes: some Sequence<UInt8>, to key: inout [UInt8]) {
        for byte in bytes {
            appendEscaped(byte, to: &key)
        }
    }

    @inline(__always)
    static func appendEscaped(_ byte: UInt8, to key: inout [UInt8]) {
        if byte <= escape {
            key.append(escape)
            key.append(byte + 1)
        } else {
            key.append(byte)
        }
    }
}

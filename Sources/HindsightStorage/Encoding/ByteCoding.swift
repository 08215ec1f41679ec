// Integers in stored values are LEB128: seven bits a byte, least significant first; the high bit says that more follow.
//
//     0…127                 0xxxxxxx
//     128…16383             1xxxxxxx 0xxxxxxx
//     …                     at most 10 bytes for 64 bits
//
// Integers in keys are big-endian and of fixed width, so that bytes sort like numbers. Texts are UTF-8 behind their
// packed length. The few fixed integers in values are little-endian.

extension [UInt8] {
    mutating func appendPacked(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func appendPacked(_ value: Int) {
        appendPacked(UInt64(value))
    }

    mutating func appendPacked(_ value: UInt32) {
        appendPacked(UInt64(value))
    }

    mutating func appendText(_ text: String) {
        appendPacked(text.utf8.count)
        append(contentsOf: text.utf8)
    }

    /// Ends a stored value with the CRC-32C of its bytes so far, so that no bit of it can change unnoticed.
    mutating func appendSeal() {
        appendLittleEndian(rawSpan.checksum32)
    }

    mutating func appendBigEndian(_ value: UInt32) {
        append(UInt8(truncatingIfNeeded: value >> 24))
        append(UInt8(truncatingIfNeeded: value >> 16))
        append(UInt8(truncatingIfNeeded: value >> 8))
        append(UInt8(truncatingIfNeeded: value))
    }

    mutating func appendBigEndian(_ value: UInt64) {
        appendBigEndian(UInt32(truncatingIfNeeded: value >> 32))
        appendBigEndian(UInt32(truncatingIfNeeded: value))
    }

    mutating func appendLittleEndian(_ value: UInt32) {
        appendBigEndian(value.byteSwapped)
    }

    mutating func appendLittleEndian(_ value: UInt64) {
        appendBigEndian(value.byteSwapped)
    }
}

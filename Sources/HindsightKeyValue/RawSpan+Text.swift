// Bytes as text.

extension RawSpan {
    /// The text in `range`, or `nil` if it is not valid UTF-8: nothing is repaired.
    ///
    /// By way of `UTF8Span`, which is not generic: `String(validating:as:)` looks types up at run time and takes three to
    /// four times as long.
    ///
    /// - Precondition: the range lies in the span.
    @inlinable
    package func string(in range: Range<Int>) -> String? {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "the range lies in the span")
        return withUnsafeBytes { bytes in
            let octets = UnsafeRawBufferPointer(rebasing: bytes[range]).assumingMemoryBound(to: UInt8.self)
            guard let text = try? UTF8Span(validating: Span(_unsafeElements: octets)) else { return nil }
            return String(copying: text)
        }
    }

    /// Two lower-case digits a byte, for logs and messages.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(byteCount * 2)
        for offset in 0..<byteCount {
            text.append(digits[Int(byte(at: offset) >> 4)])
            text.append(digits[Int(byte(at: offset) & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

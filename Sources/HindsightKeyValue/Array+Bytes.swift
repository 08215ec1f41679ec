// Arrays of bytes, seen as spans.

extension [UInt8] {
    /// The bytes in place.
    @inlinable
    package var rawSpan: RawSpan {
        @_lifetime(borrow self) get { span.bytes }
    }

    /// Appends a copy of the bytes.
    @inlinable
    package mutating func append(_ bytes: borrowing RawSpan) {
        bytes.withUnsafeBytes { append(contentsOf: $0) }
    }
}

import HindsightKeyValue

/// Equality and order of text by its UTF-8 bytes, which is the order of its Unicode scalars.
///
/// `String`'s own operators normalise: to them "é" is the same in one scalar and in two, and to the language it is not.
package enum TextOrder {
    @inlinable
    package static func isEqual(_ left: String, _ right: String) -> Bool {
        RawSpan(_elements: left.utf8.span).isEqual(to: RawSpan(_elements: right.utf8.span))
    }

    /// -1, 0, or 1.
    @inlinable
    package static func compare(_ left: String, _ right: String) -> Int {
        RawSpan(_elements: left.utf8.span).compare(RawSpan(_elements: right.utf8.span)).signum()
    }

    /// Whether the texts are the same but for the case of their ASCII letters, as unquoted names are looked up.
    @inlinable
    package static func isEqualIgnoringCase(_ left: String, _ right: String) -> Bool {
        let leftBytes = left.utf8.span
        let rightBytes = right.utf8.span
        guard leftBytes.count == rightBytes.count else { return false }
        for index in leftBytes.indices where leftBytes[index] != rightBytes[index] {
            let folded = leftBytes[index] | 0x20
            guard folded == rightBytes[index] | 0x20, folded >= UInt8(ascii: "a"), folded <= UInt8(ascii: "z")
            else { return false }
        }
        return true
    }

    /// -1, 0, or 1, octet by octet.
    @inlinable
    package static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        RawSpan(_elements: left.span).compare(RawSpan(_elements: right.span)).signum()
    }
}
